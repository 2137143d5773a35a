import type { ParameterMapping } from '../project/index.ts'
import type { PlainValue, Template, TemplateEngine } from '../vtl/index.ts'
import type { QueryString } from './query-string.ts'
import { headerValue, type RequestHeaders } from './request-headers.ts'

/** What `method.request.…`, `integration.response.…`, `context.…` and `stageVariables.…` refer to. */
export interface MappingSources {
  readonly headers: RequestHeaders
  readonly pathParameters: Readonly<Record<string, string>> | null
  readonly query: QueryString | null
  /** The body as text; asked for only by mappings of the body. */
  readonly body: () => string
  /** What a body path prints. */
  readonly render: (template: Template) => string
  readonly context: () => Readonly<Record<string, PlainValue>>
  readonly stageVariables: Readonly<Record<string, string>>
}

/** `integration.request.{location}.{name}` with the way to its value. */
export interface RequestMapping {
  readonly location: 'header' | 'path' | 'querystring'
  readonly name: string
  readonly source: string
  readonly resolve: Resolve
}

/** `method.response.header.{name}` with the way to its value. */
export interface ResponseMapping {
  readonly name: string
  readonly source: string
  readonly resolve: Resolve
}

/** Several values only for `multivaluequerystring`; absent and empty values are not mapped (recorded). */
export type Resolve = (sources: MappingSources) => string | readonly string[] | undefined

/**
 * Parses one request mapping:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html
 */
export function compileRequestMapping(engine: TemplateEngine, mapping: ParameterMapping): RequestMapping {
  const target = /^integration\.request\.(header|path|querystring)\.(.+)$/.exec(mapping.target)
  return {
    location: (target?.[1] ?? 'header') as RequestMapping['location'],
    name: target?.[2] ?? mapping.target,
    source: mapping.source,
    resolve: compileSource(engine, mapping.source, 'method.request.'),
  }
}

/** Parses one response mapping. */
export function compileResponseMapping(engine: TemplateEngine, mapping: ParameterMapping): ResponseMapping {
  return {
    name: mapping.target.replace(/^method\.response\.header\./, ''),
    source: mapping.source,
    resolve: compileSource(engine, mapping.source, 'integration.response.'),
  }
}

/** The way to a source's value; `prefix` says whether `method.request.` or `integration.response.` is meant. */
export function compileSource(engine: TemplateEngine | undefined, source: string, prefix: string): Resolve {
  if (source.startsWith("'") && source.endsWith("'") && source.length > 1) {
    const literal = source.slice(1, -1)
    return () => literal
  }
  if (source.startsWith('context.')) {
    const path = source.slice('context.'.length).split('.')
    return sources => printed(member(sources.context(), path))
  }
  if (source.startsWith('stageVariables.')) {
    const name = source.slice('stageVariables.'.length)
    return sources => sources.stageVariables[name]
  }
  if (!source.startsWith(prefix)) return () => undefined
  return compileMessageSource(engine, source.slice(prefix.length))
}

function compileMessageSource(engine: TemplateEngine | undefined, expression: string): Resolve {
  if (expression === 'body') return sources => sources.body().trim() || '{}'
  if (expression.startsWith('body.')) {
    const path = expression.slice('body.'.length)
    const jsonPath = path.startsWith('$') ? path : `$.${path}`
    // The template language has the JSONPath that API Gateway uses, and prints a found value as a parameter does.
    const template = engine?.compile(`$input.path('${jsonPath.replaceAll("'", '"')}')`, { name: expression })
    return sources => (template === undefined ? undefined : sources.render(template))
  }
  const dot = expression.indexOf('.')
  const kind = expression.slice(0, dot)
  const name = expression.slice(dot + 1)
  const lower = name.toLowerCase()
  switch (kind) {
    case 'header':
      return sources => headerValue(sources.headers, lower)
    case 'multivalueheader':
      return sources => sources.headers.get(lower)?.values.join(',')
    case 'path':
      return sources => sources.pathParameters?.[name]
    case 'querystring':
      return sources => sources.query?.single[name]
    case 'multivaluequerystring':
      return sources => sources.query?.multi[name]
    default:
      return () => undefined
  }
}

/** Walks `$context` by member names. */
export function member(values: Readonly<Record<string, PlainValue>>, path: readonly string[]): PlainValue {
  let value: PlainValue = values
  for (const name of path) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
    value = (value as Readonly<Record<string, PlainValue>>)[name] ?? null
  }
  return value
}

function printed(value: PlainValue): string | undefined {
  if (value === null) return undefined
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
