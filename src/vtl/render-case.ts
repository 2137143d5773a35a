import { InputObject } from './aws/input-object.ts'
import { UtilObject } from './aws/util-object.ts'
import { AwsTemplate } from './aws-engine.ts'
import { JavaList } from './java/collection.ts'
import { JavaMap } from './java/map.ts'
import { type Plain, toPlain } from './java/to-plain.ts'
import { text, type Value } from './java/value.ts'
import { JsonDocuments } from './json/json-documents.ts'
import { readJson } from './json/read-json.ts'
import type { TemplateEngine, TemplateScope } from './template.ts'
import { TemplateError } from './template-error.ts'

/** One case of a batch: a template and all that it sees, shown to it exactly as given and in the order given. */
export interface VtlCase {
  readonly id: string
  readonly template: string
  /** `vars`, `input`, `context` and `stageVariables`, as Java's values, so that `1.0` stays a Double. */
  readonly ctx: JavaMap
}

/** What became of a case. */
export type VtlCaseResult =
  | { readonly id: string; readonly out: string }
  | { readonly id: string; readonly error: string }

/** Reads one line of a batch: `{"id","template","ctx":{"vars","input":{"body","params"},"context","stageVariables"}}`. */
export function readVtlCase(line: string): VtlCase {
  const map = readLine(line)
  if (!(map instanceof JavaMap)) throw new SyntaxError('A case is a JSON object')
  const template = map.get('template')
  if (typeof template !== 'string') throw new SyntaxError('A case needs a "template" that is a string')
  return { id: text(map.get('id')), template, ctx: mapOf(map.get('ctx')) }
}

function readLine(line: string): Value {
  try {
    return readJson(line, items => new JavaList(items))
  } catch (cause) {
    throw new SyntaxError('A case is a line of JSON', { cause })
  }
}

/** Renders one case; a template that fails is a result too. */
export function renderCase(engine: TemplateEngine, { id, template, ctx }: VtlCase): VtlCaseResult {
  try {
    const compiled = engine.compile(template, { name: id })
    if (!(compiled instanceof AwsTemplate)) return { id, out: compiled.render(plainScope(engine, ctx)) }
    const variables = variablesOf(ctx)
    return { id, out: compiled.renderVariables(name => variables.get(name) ?? null) }
  } catch (error) {
    if (error instanceof TemplateError) return { id, error: error.message }
    throw error
  }
}

function variablesOf(ctx: JavaMap): Map<string, Value> {
  const variables = new Map<string, Value>()
  const documents = new JsonDocuments()
  const vars = mapOf(ctx.get('vars'))
  for (const key of vars.keys()) variables.set(text(key), vars.get(key))
  const input = ctx.get('input')
  if (input instanceof JavaMap) {
    const params = mapOf(input.get('params'))
    for (const place of ['path', 'querystring', 'header'])
      if (!params.has(place)) params.put(place, new JavaMap())
    const body = input.get('body')
    variables.set('input', new InputObject(body === null ? '' : text(body), params, documents))
  }
  for (const name of ['context', 'stageVariables'])
    if (ctx.get(name) !== null) variables.set(name, ctx.get(name))
  variables.set('util', new UtilObject(documents))
  return variables
}

/** The same for an engine that knows no Java. */
function plainScope(engine: TemplateEngine, ctx: JavaMap): TemplateScope {
  const input = mapOf(ctx.get('input'))
  const params = mapOf(input.get('params'))
  const body = input.get('body')
  return {
    input: {
      body: body === null ? '' : text(body),
      params: {
        path: stringsOf(params.get('path')),
        querystring: stringsOf(params.get('querystring')),
        header: stringsOf(params.get('header')),
      },
    },
    context: engine.createContext(plainMembers(ctx.get('context'))),
    stageVariables: stringsOf(ctx.get('stageVariables')),
    vars: plainMembers(ctx.get('vars')),
  }
}

function stringsOf(value: Value): Record<string, string> {
  const map = mapOf(value)
  return Object.fromEntries(map.keys().map(key => [text(key), text(map.get(key))]))
}

function plainMembers(value: Value): Record<string, Plain> {
  const map = mapOf(value)
  return Object.fromEntries(map.keys().map(key => [text(key), toPlain(map.get(key))]))
}

function mapOf(value: Value): JavaMap {
  return value instanceof JavaMap ? value : new JavaMap()
}
