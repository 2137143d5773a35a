import { relative } from 'node:path'
import { type Template, TemplateError } from '../../vtl/index.ts'
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
    const scalar = api.reader.substituted(value, `The template for ${key}`)
    if (scalar === undefined) continue
    if (scalar.text.length > 300 * 1024)
      api.reader.report.finding(
        'warning',
        'template-too-large',
        `The template for ${key} is larger than the 300 KB that AWS allows`,
        placeOf(value),
      )
    const template = compileTemplate(api, scalar, `The template for ${key}`)
    if (template !== undefined) templates.set(key, template)
  }
  return templates
}

/**
 * Compiles one template; undefined (and reported) where it does not parse. The engine keeps what it compiled by text,
 * so that a file which is read again costs nothing for the templates that stayed.
 */
function compileTemplate(api: ApiContext, node: ScalarNode, what: string): Template | undefined {
  try {
    return api.options.engine.compile(node.text, { name: templateName(node, api.options.directory) })
  } catch (cause) {
    if (!(cause instanceof TemplateError)) throw cause
    api.reader.report.problem(
      'template-syntax',
      `${what} does not parse: ${cause.message}`,
      placeInText(node, cause.line, cause.column),
      hintFor(node.text, cause),
      cause,
    )
    return undefined
  }
}

/** `#endif` stands in published templates, and Velocity takes it for text. */
function hintFor(text: string, { hint }: TemplateError): string {
  const published = /#(endif|endfor|endforeach)\b/.exec(text)
  if (published !== null) return `Velocity has no #${published[1]}: write #end`
  return hint ?? 'Look for a directive without #end, or a bracket that is not closed.'
}

/** `mapping-templates/x.vtl`, or file and line of a template that stands inside a Swagger file. */
function templateName(node: ScalarNode, directory: string): string {
  const file = relative(directory, node.origin.file)
  return node.style === 'file' ? file : `${file}:${node.origin.positionAt(node.start).line}`
}
