import type { Authorized } from '../call.ts'
import { defaultMediaType } from '../media-type.ts'
import { headerValue, multiValues } from '../request-headers.ts'

/**
 * The event of a Lambda proxy integration, payload format 1.0, as JSON text. Empty maps are null (recorded):
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
export function proxyEvent(call: Authorized): string {
  const { body } = call.request
  const binary = call.plan.api.isBinary(headerValue(call.headers, 'content-type') ?? defaultMediaType)
  const stageVariables = call.stageVariables
  return JSON.stringify({
    resource: call.plan.method.resourcePath,
    path: call.path,
    httpMethod: call.request.method,
    headers: call.headerValues,
    multiValueHeaders: multiValues(call.headers),
    queryStringParameters: call.query?.single ?? null,
    multiValueQueryStringParameters: call.query?.multi ?? null,
    pathParameters: call.pathParameters,
    stageVariables: Object.keys(stageVariables).length === 0 ? null : stageVariables,
    requestContext: call.contextValues(),
    body: body.length === 0 ? null : body.toString(binary ? 'base64' : 'utf8'),
    isBase64Encoded: binary && body.length > 0,
  })
}
