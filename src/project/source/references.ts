import { existsSync, readdirSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { nearestName } from '../../lib/index.ts'
import type { ScalarNode, SourceNode } from './source-node.ts'

/** Where a reference leads, or why it leads nowhere. */
export interface Referred {
  readonly node?: SourceNode
  readonly message?: string
  readonly hint?: string
}

/**
 * Resolves `#/pointer`, `file` and `file#/pointer`, relative to the file that the reference stands in.
 * A reference to a template is the file's whole text. `open` has reported what it could not read; `missed` is told of a
 * file that is not there, since it may come.
 */
export function resolveReference(
  reference: ScalarNode,
  open: (file: string) => SourceNode | undefined,
  missed: (file: string) => void,
): Referred {
  const text = reference.text
  const shown = JSON.stringify(text)
  if (/^[a-z][a-z0-9+.-]+:/i.test(text))
    return {
      message: `$ref ${shown} leads out of the project`,
      hint: 'API Gateway reads no other documents; put the value into a file of the project.',
    }
  const [path = '', pointer = ''] = text.split('#', 2)
  const file = path === '' ? reference.origin.file : resolve(dirname(reference.origin.file), decode(path))
  if (path !== '' && !existsSync(file)) {
    missed(file)
    return { message: `$ref ${shown} leads nowhere: there is no such file`, hint: hintFor(file, reference) }
  }
  const root = open(file)
  if (root === undefined) return {}
  let node: SourceNode = root
  for (const token of pointer.split('/').slice(1)) {
    const key = decode(token).replaceAll('~1', '/').replaceAll('~0', '~')
    const next: SourceNode | undefined =
      node.kind === 'map'
        ? node.entries.get(key)?.value
        : node.kind === 'list'
          ? node.items[Number(key)]
          : undefined
    if (next === undefined) {
      const near = node.kind === 'map' ? nearestName(key, node.entries.keys()) : undefined
      return {
        message: `$ref ${shown} leads nowhere: there is no ${JSON.stringify(key)}`,
        hint: near === undefined ? `Look at ${file}.` : `Did you mean ${JSON.stringify(near)}?`,
      }
    }
    node = next
  }
  return { node }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The file that was most likely meant, written as the reference would be. */
function hintFor(file: string, reference: ScalarNode): string {
  const here = dirname(reference.origin.file)
  let folder = dirname(file)
  if (!existsSync(folder)) {
    while (!existsSync(folder)) folder = dirname(folder)
    return `It would be ${file}; ${folder} is the last folder of that path that exists.`
  }
  const near = nearestName(basename(file), readdirSync(folder))
  if (near === undefined) return `It would be ${file}.`
  return `Did you mean ${relative(here, join(folder, near)).replaceAll('\\', '/')}?`
}
