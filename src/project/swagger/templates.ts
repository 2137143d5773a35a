import { relative } from 'node:path'
import type { Template, TemplateEngine } from '../../vtl/index.ts'
import type { Report } from '../problems.ts'
import { placeOf } from '../source/reader.ts'
import type { ScalarNode, SourceNode } from '../source/source-node.ts'
import { placeInText } from '../source/text-offset.ts'
import type { ApiContext } from './api-context.ts'

/** Reads `requestTemplates` or `responseTemplates`; `application/json: null` is no template. */
export function readTemplates(
  api: ApiContext,
  node: SourceNode | undefined,
  what: string,
): Map<string, Template> {
  const templates = new Map<string, Template>()
  for (const { key, value } of api.reader.members(node, what)) {
    const scalar = api.reader.scalar(value, `The template for ${key}`)
    if (scalar === undefined) continue
    if (scalar.text.length > 300 * 1024)
      api.reader.report.finding(
        'warning',
        'template-too-large',
        `The template for ${key} is larger than the 300 KB that AWS allows`,
        placeOf(value),
      )
    const template = api.compileTemplate(scalar, `the template for ${key}`)
    if (template !== undefined) templates.set(key, template)
  }
  return templates
}

/** Compiles templates once per text and keeps them from one snapshot to the next. */
export interface TemplateCache {
  compile(node: ScalarNode, what: string, report: Report): Template | undefined
  /** Drops what was not used since the last sweep. */
  sweep(): void
}

/** A cache over `engine`; `directory` shortens the names. */
export function createTemplateCache(engine: TemplateEngine, directory: string): TemplateCache {
  const compiled = new Map<string, Template>()
  const used = new Set<string>()
  return {
    compile(node, what, report) {
      const text = node.text
      used.add(text)
      const name = templateName(node, directory)
      const known = compiled.get(text)
      if (known !== undefined) return named(known, name)
      try {
        const template = engine.compile(text, { name })
        compiled.set(text, template)
        return template
      } catch (cause) {
        if (!isTemplateError(cause)) throw cause
        report.problem(
          'template-syntax',
          `${what[0]?.toUpperCase()}${what.slice(1)} does not parse: ${cause.message}`,
          placeInText(node, cause.line ?? 1, cause.column ?? 1),
          cause.hint ?? 'Look for a directive without #end, or a bracket that is not closed.',
          cause,
        )
        return undefined
      }
    },
    sweep() {
      for (const text of compiled.keys()) if (!used.has(text)) compiled.delete(text)
      used.clear()
    },
  }
}

/** `mapping-templates/x.vtl`, or file and line of a template that stands inside a Swagger file. */
function templateName(node: ScalarNode, directory: string): string {
  const file = relative(directory, node.origin.file)
  return node.style === 'file' ? file : `${file}:${node.origin.positionAt(node.start).line}`
}

function named(template: Template, name: string): Template {
  if (template.name === name) return template
  return { name, source: template.source, render: scope => template.render(scope) }
}

function isTemplateError(
  error: unknown,
): error is Error & { readonly line?: number; readonly column?: number; readonly hint?: string } {
  return error instanceof Error && error.name === 'TemplateError'
}
