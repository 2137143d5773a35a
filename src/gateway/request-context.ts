import type { PlainValue } from '../vtl/index.ts'
import type { Arrival, Caller, Matched } from './call.ts'
import { headerValue } from './request-headers.ts'

/** A `requestContext` or `$context` before it is printed. */
export type ContextValues = Record<string, PlainValue>

/**
 * The members that events and templates share, in the order of recorded events:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html#context-variable-reference
 */
export function requestContext(call: Matched, caller: Caller, account: string): ContextValues {
  const { plan, request, stage } = call
  const { method, api } = plan
  const context: ContextValues = { resourceId: method.resourceId }
  if (caller.authorizer !== undefined) context['authorizer'] = caller.authorizer
  context['resourcePath'] = method.resourcePath
  if (method.operationName !== undefined) context['operationName'] = method.operationName
  context['httpMethod'] = request.method
  context['extendedRequestId'] = call.extendedRequestId
  context['requestTime'] = requestTime(call.time)
  context['path'] = `/${stage.name}${request.address.path}`
  context['accountId'] = account
  context['protocol'] = `HTTP/${request.httpVersion}`
  context['stage'] = stage.name
  context['domainPrefix'] = api.api.id
  context['requestTimeEpoch'] = call.time
  context['requestId'] = call.requestId
  context['identity'] = identityOf(call, caller)
  context['domainName'] = call.host
  context['deploymentId'] = api.deploymentId
  context['apiId'] = api.api.id
  if (call.canary !== undefined) context['isCanaryRequest'] = String(call.canary)
  return context
}

/** What gateway responses can show of a request that matched nothing. */
export function arrivalContext(call: Arrival, account: string): ContextValues {
  return {
    httpMethod: call.request.method,
    extendedRequestId: call.extendedRequestId,
    requestTime: requestTime(call.time),
    path: `/${call.request.address.stage}${call.request.address.path}`,
    accountId: account,
    protocol: `HTTP/${call.request.httpVersion}`,
    stage: call.request.address.stage,
    requestTimeEpoch: call.time,
    requestId: call.requestId,
    identity: { sourceIp: call.request.sourceIp },
    domainName: call.host,
  }
}

/** In the order in which the service's own map iterates (recorded). */
function identityOf(call: Matched, caller: Caller): ContextValues {
  const { principal, cognito, apiKey } = caller
  const identity: ContextValues = {
    cognitoIdentityPoolId: cognito?.identityPoolId ?? null,
    accountId: principal?.account ?? null,
    cognitoIdentityId: cognito?.identityId ?? null,
    caller: principal === undefined ? null : principal.userId,
  }
  if (apiKey !== undefined) identity['apiKey'] = apiKey.value
  identity['sourceIp'] = call.request.sourceIp
  identity['principalOrgId'] = null
  identity['accessKey'] = principal?.accessKeyId ?? null
  identity['cognitoAuthenticationType'] = cognito?.authenticationType ?? null
  identity['cognitoAuthenticationProvider'] = cognito?.authenticationProvider ?? null
  identity['userArn'] = principal?.arn ?? null
  if (apiKey !== undefined) identity['apiKeyId'] = apiKey.id
  identity['userAgent'] = headerValue(call.headers, 'user-agent') ?? null
  identity['user'] = principal === undefined ? null : principal.userId
  return identity
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `dd/MMM/yyyy:HH:mm:ss +0000`. */
export function requestTime(milliseconds: number): string {
  const date = new Date(milliseconds)
  const two = (value: number): string => (value < 10 ? `0${value}` : String(value))
  const day = `${two(date.getUTCDate())}/${months[date.getUTCMonth()]}/${date.getUTCFullYear()}`
  return `${day}:${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} +0000`
}
