import type { Model, RequestParameter } from '../snapshot.ts'
import { placeOf } from '../source/reader.ts'
import type { SourceNode } from '../source/source-node.ts'
import type { ApiContext } from './api-context.ts'

/** What a method takes. */
export interface MethodInput {
  readonly requestParameters: readonly RequestParameter[]
  readonly requestModels: ReadonlyMap<string, Model>
}

const locations: Readonly<Record<string, RequestParameter['location']>> = {
  path: 'path',
  query: 'querystring',
  header: 'header',
}

/** Reads the parameters of a path and of an operation (which come first) and the body, in either dialect. */
export function readInput(
  api: ApiContext,
  path: string,
  pathItem: SourceNode,
  operation: SourceNode,
  label: string,
): MethodInput {
  const { reader } = api
  const parameters = new Map<string, RequestParameter>()
  const models = new Map<string, Model>()
  const nodes = [
    ...reader.items(reader.get(operation, 'parameters'), 'parameters'),
    ...reader.items(reader.get(pathItem, 'parameters'), 'parameters'),
  ]
  for (const node of nodes) {
    const written = reader.text(reader.get(node, 'in'), 'in')
    const name = reader.text(reader.get(node, 'name'), 'name') ?? ''
    const location = locations[written ?? '']
    if (location !== undefined) {
      const key = `${location} ${name}`
      const required = reader.boolean(reader.get(node, 'required'), 'required') ?? false
      if (!parameters.has(key))
        parameters.set(key, { location, name, required: required || location === 'path' })
    } else if (written === 'body') {
      const schema = rawMember(api, node, 'schema')
      if (schema === undefined || models.size > 0) continue
      for (const type of consumed(api, operation)) models.set(type, api.models.model(schema, `${label} body`))
    } else
      reader.report.finding(
        'info',
        'parameter-location',
        `API Gateway ignores the parameter ${JSON.stringify(name)} in ${written ?? 'nothing'}`,
        placeOf(node),
        'It knows path, query, header and body.',
      )
  }
  const content = reader.get(reader.get(operation, 'requestBody'), 'content')
  for (const { key, value } of reader.members(content, 'content')) {
    const schema = rawMember(api, value, 'schema')
    if (schema !== undefined) models.set(key, api.models.model(schema, `${label} body`))
  }
  // AWS declares the parameters of the path itself.
  for (const [, name = ''] of path.matchAll(/\{([^}+]+)\+?\}/g))
    if (!parameters.has(`path ${name}`))
      parameters.set(`path ${name}`, { location: 'path', name, required: true })
  return { requestParameters: [...parameters.values()], requestModels: models }
}

/** A member's value with its `$ref` still there, so that a model keeps the name it is referred to by. */
export function rawMember(api: ApiContext, node: SourceNode, key: string): SourceNode | undefined {
  const map = api.reader.follow(node)
  return map?.kind === 'map' ? map.entries.get(key)?.value : undefined
}

function consumed(api: ApiContext, operation: SourceNode): string[] {
  const { reader } = api
  const node = reader.get(operation, 'consumes') ?? reader.get(api.root, 'consumes')
  const types = reader.items(node, 'consumes').flatMap(item => reader.text(item, 'A content type') ?? [])
  return types.length > 0 ? types : ['application/json']
}
