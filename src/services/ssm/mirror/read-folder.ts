import { readdir, readFile } from 'node:fs/promises'
import { join, sep } from 'node:path'
import type { PutParameterRequest } from '@aws-sdk/client-ssm'
import { UserError } from '../../../lib/index.ts'
import { parametersIn } from './parameters-in.ts'

function positionOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

/** Parses one file; a fault is the user's, with its place. */
function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const offset = /at position (\d+)/.exec(message)?.[1]
    // A text that ends too early has no position in the message: the fault is its end.
    const position = { file, ...positionOf(text, offset === undefined ? text.length : Number(offset)) }
    throw new UserError('parameter-file', `not JSON: ${message}`, {
      position,
      source: text,
      hint: 'a parameter file is a JSON object of names and values',
      cause: error,
    })
  }
}

/** The levels that a file's place gives: `dev/app.json` → `/dev/app`; `index.json` adds none. */
function levelsOf(relative: string): string {
  const levels = relative.replace(/\.json$/, '').split(sep)
  if (levels.at(-1) === 'index') levels.pop()
  return levels.map(level => `/${level}`).join('')
}

/** Every parameter that the folder's JSON files describe, by name. A missing folder has none. */
export async function readFolder(directory: string): Promise<Map<string, PutParameterRequest>> {
  let names: string[]
  try {
    names = await readdir(directory, { recursive: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map()
    throw error
  }
  const found = new Map<string, PutParameterRequest>()
  const origin = new Map<string, string>()
  for (const relative of names.filter(name => name.endsWith('.json')).toSorted()) {
    const file = join(directory, relative)
    const text = await readFile(file, 'utf8')
    for (const parameter of parametersIn(file, levelsOf(relative), parse(file, text))) {
      const name = parameter.Name ?? ''
      const other = origin.get(name)
      if (other !== undefined)
        throw new UserError(
          'parameter-file',
          `the parameter ${name} stands in two files: ${other} and ${file}`,
        )
      origin.set(name, file)
      found.set(name, parameter)
    }
  }
  return found
}
