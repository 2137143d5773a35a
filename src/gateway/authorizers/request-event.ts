import type { Matched } from '../call.ts'
import type { GatewayParts } from '../gateway.ts'
import { methodArn } from '../method-arn.ts'
import { requestContext } from '../request-context.ts'
import { multiValues } from '../request-headers.ts'

/**
 * The event of a REQUEST authorizer; empty maps here, where proxy events have null:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-input.html
 */
export function requestAuthorizerEvent(parts: GatewayParts, matched: Matched): unknown {
  return {
    type: 'REQUEST',
    methodArn: methodArn(parts, matched),
    resource: matched.plan.method.resourcePath,
    path: matched.path,
    httpMethod: matched.request.method,
    headers: matched.headerValues,
    multiValueHeaders: multiValues(matched.headers),
    queryStringParameters: matched.query?.single ?? {},
    multiValueQueryStringParameters: matched.query?.multi ?? {},
    pathParameters: matched.pathParameters ?? {},
    stageVariables: matched.stageVariables,
    requestContext: requestContext(matched, {}, parts.account),
  }
}
