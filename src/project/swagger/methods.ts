import { createHash } from 'node:crypto'
import type { Method, Resource } from '../snapshot.ts'
import { type Member, placeOf } from '../source/reader.ts'
import type { ApiContext } from './api-context.ts'
import { basePath } from './base-path.ts'
import { readIntegration } from './integration.ts'
import { checkMappings } from './mapping-declarations.ts'
import { readMethodResponses } from './method-responses.ts'
import { readInput } from './parameters.ts'
import { checkPath, checkSiblings } from './path-syntax.ts'
import { readSecurity } from './security.ts'
import { readValidator } from './validators.ts'

const verbs = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch'])
const anyMethod = 'x-amazon-apigateway-any-method'

/** Reads `paths`: one resource for each, with the methods that have an integration. */
export function readResources(api: ApiContext): Resource[] {
  const { reader } = api
  const prefix = basePath(api)
  const resources: Resource[] = []
  const variables = new Map<string, string>()
  const paths = reader.get(api.root, 'paths')
  if (paths?.kind === 'map')
    for (const entry of paths.repeated)
      reader.report.problem(
        'duplicate-route',
        `The path ${entry.key} stands twice in ${api.file}`,
        entry.value.origin.placeAt(entry.start),
        'Put its methods under one key; only the last one would count.',
      )
  for (const item of reader.members(paths, 'paths')) {
    if (item.key.startsWith('x-')) continue
    const path = `${prefix}${item.key}`.replace(/(.)\/$/, '$1')
    checkPath(reader.report, path, item.place)
    checkSiblings(reader.report, variables, path, item.place)
    const id = resourceId(api.id, path)
    const methods = new Map<string, Method>()
    for (const operation of reader.members(item.value, `The path ${item.key}`)) {
      const name = operation.key.toLowerCase()
      if (name === 'trace')
        reader.report.finding('warning', 'no-trace', 'API Gateway has no TRACE methods', operation.place)
      if (!verbs.has(name) && name !== anyMethod) continue
      const httpMethod = name === anyMethod ? 'ANY' : name.toUpperCase()
      const method = readMethod(api, { id, path, item, operation, httpMethod })
      if (method !== undefined) methods.set(httpMethod, method)
    }
    resources.push({ id, path, methods })
  }
  return resources
}

interface Spot {
  readonly id: string
  readonly path: string
  readonly item: Member
  readonly operation: Member
  readonly httpMethod: string
}

function readMethod(api: ApiContext, spot: Spot): Method | undefined {
  const { reader } = api
  const { id, path, item, operation, httpMethod } = spot
  const node = operation.value
  const label = `${httpMethod} ${path}`
  const extension = reader.get(node, 'x-amazon-apigateway-integration')
  if (extension === undefined) {
    reader.report.finding(
      'warning',
      'no-integration',
      `${label} has no x-amazon-apigateway-integration; it is not served`,
      operation.place,
      'AWS cannot deploy such a method: say where its answer comes from.',
    )
    return undefined
  }
  const input = readInput(api, path, item.value, node, label)
  const methodResponses = readMethodResponses(api, node, label)
  const integration = readIntegration(api, extension, httpMethod)
  const validator = readValidator(api, node)
  const operationName = reader.text(reader.get(node, 'operationId'), 'operationId')
  const security = readSecurity(api, node)
  if (integration === undefined) return undefined
  checkMappings(api, integration, input.requestParameters, methodResponses, placeOf(extension))
  return {
    httpMethod,
    resourceId: id,
    resourcePath: path,
    ...(operationName === undefined ? {} : { operationName }),
    position: operation.place.position,
    ...security,
    ...(validator === undefined ? {} : { validator }),
    ...input,
    methodResponses,
    integration,
  }
}

/** Ten characters as AWS's ids have them, the same at every start. */
function resourceId(apiId: string, path: string): string {
  const digest = createHash('sha256').update(`${apiId}\0${path}`).digest()
  return BigInt(`0x${digest.toString('hex')}`)
    .toString(36)
    .slice(0, 10)
}
