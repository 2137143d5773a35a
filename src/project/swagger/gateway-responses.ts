import { nearestName } from '../../lib/index.ts'
import type { GatewayResponse, GatewayResponseType } from '../snapshot.ts'
import { placeOf, reportUnknownKeys } from '../source/reader.ts'
import type { ApiContext } from './api-context.ts'

const types: readonly GatewayResponseType[] = [
  'ACCESS_DENIED',
  'API_CONFIGURATION_ERROR',
  'AUTHORIZER_CONFIGURATION_ERROR',
  'AUTHORIZER_FAILURE',
  'BAD_REQUEST_BODY',
  'BAD_REQUEST_PARAMETERS',
  'DEFAULT_4XX',
  'DEFAULT_5XX',
  'EXPIRED_TOKEN',
  'INTEGRATION_FAILURE',
  'INTEGRATION_TIMEOUT',
  'INVALID_API_KEY',
  'INVALID_SIGNATURE',
  'MISSING_AUTHENTICATION_TOKEN',
  'QUOTA_EXCEEDED',
  'REQUEST_TOO_LARGE',
  'RESOURCE_NOT_FOUND',
  'THROTTLED',
  'UNAUTHORIZED',
  'UNSUPPORTED_MEDIA_TYPE',
  'WAF_FILTERED',
]
const known = new Set(['statusCode', 'responseParameters', 'responseTemplates'])
const target = /^gatewayresponse\.(header|path|querystring)\.[a-zA-Z0-9._$-]+$/

/**
 * Reads `x-amazon-apigateway-gateway-responses`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-gateway-responses.html
 */
export function readGatewayResponses(api: ApiContext): Map<GatewayResponseType, GatewayResponse> {
  const { reader } = api
  const responses = new Map<GatewayResponseType, GatewayResponse>()
  const node = reader.get(api.root, 'x-amazon-apigateway-gateway-responses')
  for (const { key, value, place } of reader.members(node, 'x-amazon-apigateway-gateway-responses')) {
    const type = types.find(name => name === key.toUpperCase())
    if (type === undefined) {
      const near = nearestName(key, types)
      reader.report.problem(
        'bad-gateway-response',
        `There is no gateway response ${key}`,
        place,
        near === undefined ? `There are ${types.join(', ')}.` : `Did you mean ${near}?`,
      )
      continue
    }
    reportUnknownKeys(reader, value, known, `The gateway response ${key}`)
    const statusNode = reader.get(value, 'statusCode')
    const status = reader.text(statusNode, `${key}'s statusCode`)
    const statusCode = status === undefined || status === 'default' ? undefined : Number(status)
    if (statusCode !== undefined && !/^[1-5]\d\d$/.test(status ?? ''))
      reader.report.problem(
        'bad-status-code',
        `The gateway response ${key} has the status code ${JSON.stringify(status)}`,
        placeOf(statusNode ?? value),
        'A status code has three digits.',
      )
    const responseParameters = texts(api, value, 'responseParameters')
    for (const name of Object.keys(responseParameters))
      if (!target.test(name))
        reader.report.problem(
          'bad-mapping',
          `${JSON.stringify(name)} is nothing that a gateway response can set`,
          placeOf(reader.get(value, 'responseParameters') ?? value),
          'For example gatewayresponse.header.Access-Control-Allow-Origin: "\'*\'".',
        )
    responses.set(type, {
      type,
      ...(statusCode === undefined ? {} : { statusCode }),
      responseParameters,
      responseTemplates: texts(api, value, 'responseTemplates'),
    })
  }
  return responses
}

function texts(api: ApiContext, node: Parameters<typeof placeOf>[0], key: string): Record<string, string> {
  const found: Record<string, string> = {}
  for (const member of api.reader.members(api.reader.get(node, key), key)) {
    const text = api.reader.text(member.value, `${key} ${member.key}`)
    if (text !== undefined) found[member.key] = text
  }
  return found
}
