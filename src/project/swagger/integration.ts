import { nearestName } from '../../lib/index.ts'
import type { Integration } from '../snapshot.ts'
import { placeOf, reportUnknownKeys } from '../source/reader.ts'
import type { SourceNode } from '../source/source-node.ts'
import type { ApiContext } from './api-context.ts'
import { readContentHandling } from './content-handling.ts'
import { readIntegrationResponses } from './integration-responses.ts'
import { readTarget } from './integration-target.ts'
import { readMappings } from './mappings.ts'
import { readTemplates } from './templates.ts'

const types = ['AWS', 'AWS_PROXY', 'HTTP', 'HTTP_PROXY', 'MOCK'] as const
const behaviors = ['WHEN_NO_MATCH', 'WHEN_NO_TEMPLATES', 'NEVER'] as const
const methods = new Set(['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'ANY'])
const known = new Set(
  `type uri httpMethod credentials requestTemplates requestParameters responses passthroughBehavior contentHandling
   timeoutInMillis cacheNamespace cacheKeyParameters connectionType connectionId tlsConfig payloadFormatVersion
   integrationSubtype responseTransferMode integrationTarget`.split(/\s+/),
)

/** What is read but has no effect here, and why. */
const withoutEffect: Readonly<Record<string, string>> = {
  cacheKeyParameters: 'responses are not cached',
  connectionId: 'there are no VPC links; the URI is called directly',
  payloadFormatVersion: 'only HTTP APIs have it; REST APIs send format 1.0',
  integrationSubtype: 'only HTTP APIs have it',
  tlsConfig: 'certificates are checked as Node checks them',
  integrationTarget: 'there are no VPC links; the URI is called directly',
  responseTransferMode: 'responses are collected before they are sent',
}

/**
 * Reads `x-amazon-apigateway-integration`, in whatever case its values are written.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html
 */
export function readIntegration(
  api: ApiContext,
  node: SourceNode,
  methodName: string,
): Integration | undefined {
  const { reader } = api
  const { report } = reader
  const place = placeOf(node)
  reportUnknownKeys(reader, node, known, 'x-amazon-apigateway-integration')
  reportWithoutEffect(api, node)
  const type = oneOf(api, reader.get(node, 'type'), 'type', types)
  if (type === undefined) {
    if (reader.get(node, 'type') === undefined)
      report.problem(
        'no-integration-type',
        'The integration has no type',
        place,
        `type: one of ${types.join(', ')}`,
      )
    return undefined
  }
  const uriNode = reader.get(node, 'uri')
  const uri = reader.substituted(uriNode, 'uri')?.text ?? ''
  if (uri === '' && type !== 'MOCK') {
    report.problem('no-uri', `The ${type} integration has no uri`, place, 'Only MOCK integrations have none.')
    return undefined
  }
  const target = readTarget(api, type, uri.trim(), uriNode === undefined ? place : placeOf(uriNode))
  if (target === undefined) return undefined
  const contentHandling = readContentHandling(api, reader.get(node, 'contentHandling'))
  const credentials = reader.substituted(reader.get(node, 'credentials'), 'credentials')?.text
  return {
    type,
    httpMethod: readHttpMethod(api, node, target.kind, methodName),
    uri,
    target,
    ...(credentials === undefined ? {} : { credentials }),
    passthroughBehavior:
      oneOf(api, reader.get(node, 'passthroughBehavior'), 'passthroughBehavior', behaviors) ??
      'WHEN_NO_MATCH',
    ...(contentHandling === undefined ? {} : { contentHandling }),
    timeoutInMillis: readTimeout(api, reader.get(node, 'timeoutInMillis')),
    requestParameters: readMappings(api, reader.get(node, 'requestParameters'), 'request'),
    requestTemplates: readTemplates(api, reader.get(node, 'requestTemplates'), 'requestTemplates'),
    responses: readIntegrationResponses(api, reader.get(node, 'responses')),
    position: place.position,
  }
}

function oneOf<T extends string>(
  api: ApiContext,
  node: SourceNode | undefined,
  what: string,
  values: readonly T[],
): T | undefined {
  const text = api.reader.text(node, what)
  if (text === undefined || node === undefined) return undefined
  const upper = text.trim().toUpperCase().replaceAll('-', '_')
  const found = values.find(value => value === upper)
  if (found !== undefined) return found
  const near = nearestName(upper, values)
  api.reader.report.problem(
    'bad-value',
    `${what} is ${JSON.stringify(text)}`,
    placeOf(node),
    near === undefined ? `It is one of ${values.join(', ')}.` : `Did you mean ${near.toLowerCase()}?`,
  )
  return undefined
}

function readHttpMethod(api: ApiContext, node: SourceNode, kind: string, methodName: string): string {
  const { reader } = api
  const methodNode = reader.get(node, 'httpMethod')
  const written = reader.text(methodNode, 'httpMethod')?.trim().toUpperCase()
  if (written === undefined || methodNode === undefined) {
    if (kind === 'lambda')
      reader.report.finding(
        'warning',
        'no-http-method',
        'The integration has no httpMethod; AWS refuses that, here it is POST',
        placeOf(node),
        'httpMethod: POST',
      )
    return kind === 'lambda' ? 'POST' : methodName
  }
  if (!methods.has(written))
    reader.report.problem(
      'bad-value',
      `httpMethod is ${JSON.stringify(written)}`,
      placeOf(methodNode),
      `It is one of ${[...methods].join(', ')}.`,
    )
  else if (kind === 'lambda' && written !== 'POST')
    reader.report.finding(
      'warning',
      'lambda-http-method',
      `Lambda is invoked with POST; on AWS a call of this method fails, because httpMethod is ${written}`,
      placeOf(methodNode),
      'httpMethod: POST, whatever the method of the API itself is.',
    )
  return written
}

function readTimeout(api: ApiContext, node: SourceNode | undefined): number {
  const written = api.reader.integer(node, 'timeoutInMillis')
  if (written === undefined || node === undefined) return api.options.integrationTimeout ?? 29_000
  if (written < 50)
    api.reader.report.problem(
      'bad-value',
      `timeoutInMillis is ${written}`,
      placeOf(node),
      'AWS takes 50 and more, 29000 without a raised quota.',
    )
  return written
}

function reportWithoutEffect(api: ApiContext, node: SourceNode): void {
  for (const { key, value, place } of api.reader.members(node, 'x-amazon-apigateway-integration')) {
    const reason = withoutEffect[key]
    if (reason === undefined || (value.kind === 'list' && value.items.length === 0)) continue
    api.reader.report.finding('info', 'no-effect', `${key} has no effect: ${reason}`, place)
  }
}
