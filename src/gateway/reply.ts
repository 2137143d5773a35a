import type { Answered, Arrival, Authorized, Header, Matched } from './call.ts'
import { cloudFrontResponseHeaders } from './cloud-front.ts'
import { compress } from './compression.ts'
import { preflight, withCors } from './cors.ts'
import type { GatewayParts } from './gateway.ts'
import { GatewayError } from './gateway-error.ts'
import { gatewayResponse } from './gateway-response.ts'
import { isSendable } from './header-list.ts'
import type { GatewayReply } from './messages.ts'
import type { ApiPlan } from './plan.ts'
import { readQueryString } from './query-string.ts'
import { arrivalContext, requestContext } from './request-context.ts'
import { headerValue, readHeaders } from './request-headers.ts'
import type { MethodResponse } from './stages/map-response.ts'

/** Adds the gateway's own headers to a method response and closes the journal record. */
export async function reply(
  parts: GatewayParts,
  call: Answered,
  response: MethodResponse,
): Promise<GatewayReply> {
  refuseUnsendable(parts, response)
  const { api } = call.plan.api
  const { type } = call.plan.method.integration
  const compressed = await compress(
    response,
    api.minimumCompressionSize,
    headerValue(call.headers, 'accept-encoding'),
  )
  const shared = api.cors === true ? withCors(compressed) : compressed
  // Recorded: MOCK and HTTP_PROXY answer without a trace id.
  const traced = type !== 'MOCK' && type !== 'HTTP_PROXY'
  return finish(parts, call, shared, api.endpointType === 'EDGE', traced)
}

/** Answers what a stage refused; anything but a GatewayError is our own bug, says so in the log and is 500. */
export async function answerError(
  parts: GatewayParts,
  call: Arrival | Matched | Authorized,
  thrown: unknown,
): Promise<GatewayReply> {
  const error = thrown instanceof GatewayError ? thrown : bug(parts, call, thrown)
  const api = apiOf(parts, call)
  const edge = api?.api.endpointType === 'EDGE'
  if (
    api?.api.cors === true &&
    error.type === 'MISSING_AUTHENTICATION_TOKEN' &&
    call.request.method === 'OPTIONS'
  ) {
    const methods = api.router.methodsAt(call.request.address.path)
    if (methods.length > 0)
      return finish(parts, call, preflight(methods, call.request.rawHeaders), edge, false)
  }
  explain(parts, call, error)
  const response = gatewayResponse(error, api?.api, {
    headers: 'headers' in call ? call.headers : readHeaders(call.request.rawHeaders, []),
    query: 'query' in call ? call.query : readQueryString(call.request.address.query),
    pathParameters: 'pathParameters' in call ? call.pathParameters : null,
    stageVariables:
      'stageVariables' in call
        ? call.stageVariables
        : (parts.plan.stages.get(call.request.address.stage)?.variables ?? {}),
    context: () =>
      'contextValues' in call
        ? call.contextValues()
        : 'plan' in call
          ? requestContext(call, {}, parts.account)
          : arrivalContext(call, parts.account),
  })
  call.entry.stage('gateway response', {
    type: error.type,
    message: error.text,
    explanation: error.explanation,
  })
  return finish(parts, call, api?.api.cors === true ? withCors(response) : response, edge, false)
}

function bug(parts: GatewayParts, call: Arrival, thrown: unknown): GatewayError {
  parts.log.error({ err: thrown, trace: call.entry.id }, 'a request failed because of a bug in Lambdarium')
  return new GatewayError('DEFAULT_5XX', {
    explanation: `bug in Lambdarium: ${String(thrown)}`,
    cause: thrown,
  })
}

/** Tells the terminal what the client is not told. */
function explain(parts: GatewayParts, call: Arrival, error: GatewayError): void {
  if (error.explanation === undefined) return
  const fields = {
    trace: call.entry.id,
    method: call.request.method,
    url: call.request.rawUrl,
    status: error.status,
    type: error.type,
  }
  if (error.status >= 500) parts.log.error(fields, error.explanation)
  else parts.log.warn(fields, error.explanation)
}

/** The API that a request belongs to as far as is known; with a single API it is that one. */
function apiOf(parts: GatewayParts, call: Arrival | Matched): ApiPlan | undefined {
  if ('plan' in call) return call.plan.api
  const { apis } = parts.plan
  const { apiId, path } = call.request.address
  if (apiId !== undefined) return apis.get(apiId)
  const candidates = [...apis.values()]
  return candidates.find(api => api.router.methodsAt(path).length > 0) ?? candidates[0]
}

function refuseUnsendable(parts: GatewayParts, response: MethodResponse): void {
  if (response.body.length > parts.limits.responseBytes)
    throw new GatewayError('INTEGRATION_FAILURE', {
      status: 500,
      explanation: `the answer has ${response.body.length} bytes; API Gateway passes ${parts.limits.responseBytes}`,
    })
  if (!Number.isInteger(response.status) || response.status < 200 || response.status > 999)
    throw new GatewayError('API_CONFIGURATION_ERROR', {
      explanation: `${response.status} is no status that can end a request`,
    })
  for (const [name, value] of response.headers) {
    if (!isSendable(name, value))
      throw new GatewayError('API_CONFIGURATION_ERROR', {
        explanation: `the header ${JSON.stringify(name)} has characters that HTTP does not allow`,
      })
  }
}

function finish(
  parts: GatewayParts,
  call: Arrival,
  response: MethodResponse,
  edge: boolean,
  traced: boolean,
): GatewayReply {
  const headers: Header[] = [
    ...response.headers,
    ['x-amzn-RequestId', call.requestId],
    ['x-amz-apigw-id', call.extendedRequestId],
  ]
  if (traced) headers.push(['X-Amzn-Trace-Id', call.trace.full])
  if (edge) headers.push(...cloudFrontResponseHeaders(parts.ids, response.status))
  headers.push(['x-lambdarium-trace', call.entry.id])
  call.entry.finish({
    status: response.status,
    bytes: response.body.length,
    milliseconds: parts.clock.elapsed() - call.started,
  })
  return { status: response.status, headers, body: response.body }
}
