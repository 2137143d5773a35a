import type { Stage } from '../../project/index.ts'
import type { Arrival, Matched } from '../call.ts'
import { cloudFrontHeaders } from '../cloud-front.ts'
import type { GatewayParts } from '../gateway.ts'
import { GatewayError } from '../gateway-error.ts'
import type { GatewayRequest } from '../messages.ts'
import type { ApiPlan } from '../plan.ts'
import { readQueryString } from '../query-string.ts'
import { type HeaderGroup, rawHeader, readHeaders, singleValues } from '../request-headers.ts'
import type { Route } from '../router.ts'

/** Finds stage, API and method; reads headers and query. The first stage of a request. */
export function matchMethod(parts: GatewayParts, arrival: Arrival): Matched {
  const { request } = arrival
  const { address } = request
  refuseLongHeaders(parts, request)
  const stage = stageOf(parts, arrival)
  const api = apiOf(parts, arrival)
  const router = api?.router ?? parts.plan.router
  const route = router.match(request.method, address.path)
  if (route === undefined) throw noRoute(router.methodsAt(address.path), request.method, address.path)
  if (request.bodyTooLarge === true) throw new GatewayError('REQUEST_TOO_LARGE')
  // On AWS each API has its stages for itself.
  const bucket = `${route.method.api.api.id}/${stage.name}`
  if (stage.throttle !== undefined && !parts.throttles.take(bucket, stage.throttle))
    throw new GatewayError('THROTTLED', { explanation: throttled(stage) })
  const canary = divertToCanary(parts, stage)
  const headers = methodRequestHeaders(parts, arrival, route)
  // Spelled out rather than spread: an object that is made in one piece is read, and copied, several times faster.
  const matched: Matched = {
    request,
    requestId: arrival.requestId,
    extendedRequestId: arrival.extendedRequestId,
    time: arrival.time,
    started: arrival.started,
    trace: arrival.trace,
    host: arrival.host,
    entry: arrival.entry,
    stage,
    plan: route.method,
    canary,
    stageVariables: canary === true ? { ...stage.variables, ...stage.canary?.variables } : stage.variables,
    pathParameters: route.pathParameters,
    headers,
    headerValues: singleValues(headers),
    query: readQueryString(address.query),
    path: address.path.startsWith('//') ? address.path.replace(/^\/{2,}/, '/') : address.path,
  }
  arrival.entry.stage('method request', {
    api: route.method.api.api.id,
    resource: route.method.method.resourcePath,
    method: route.method.method.httpMethod,
    pathParameters: matched.pathParameters,
    query: matched.query,
    headers: matched.headerValues,
    body: request.body,
  })
  return matched
}

/** Request line and headers count together: https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
function refuseLongHeaders(parts: GatewayParts, { rawUrl, rawHeaders }: GatewayRequest): void {
  let bytes = rawUrl.length
  for (const text of rawHeaders) bytes += text.length
  if (bytes > parts.limits.headerBytes)
    throw new GatewayError('REQUEST_TOO_LARGE', {
      status: 431,
      errorType: 'RequestHeaderFieldsTooLargeException',
      message: `HTTP header is larger than ${parts.limits.headerBytes} bytes.`,
    })
}

/** AWS answers 403 `Forbidden` where host or stage name no deployed API. */
const forbidden = (explanation: string): GatewayError =>
  new GatewayError('ACCESS_DENIED', { errorType: 'ForbiddenException', message: 'Forbidden', explanation })

function stageOf(parts: GatewayParts, arrival: Arrival): Stage {
  const name = arrival.request.address.stage
  const stage = parts.plan.stages.get(name)
  if (stage !== undefined) return stage
  const known = [...parts.plan.stages.keys()].map(other => `/${other}`).join(', ')
  throw forbidden(
    name === ''
      ? `a URL begins with a stage: ${known}`
      : `there is no stage "${name}"; the stages are ${known}`,
  )
}

const throttled = ({ name, throttle }: Stage): string =>
  `the stage ${name} takes ${throttle?.rateLimit} requests a second, ${throttle?.burstLimit} at once`

function apiOf(parts: GatewayParts, arrival: Arrival): ApiPlan | undefined {
  const id = arrival.request.address.apiId
  if (id === undefined) return undefined
  const api = parts.plan.apis.get(id)
  if (api !== undefined) return api
  throw forbidden(`there is no API "${id}"; the APIs are ${[...parts.plan.apis.keys()].join(', ')}`)
}

function noRoute(methods: readonly string[], method: string, path: string): GatewayError {
  return new GatewayError('MISSING_AUTHENTICATION_TOKEN', {
    explanation:
      methods.length > 0
        ? `${path} answers ${methods.join(', ')}, not ${method}`
        : `no resource has the path ${path}`,
  })
}

function divertToCanary(parts: GatewayParts, stage: Stage): boolean | undefined {
  if (stage.canary === undefined) return undefined
  const { percentTraffic } = stage.canary
  if (percentTraffic <= 0) return false
  if (percentTraffic >= 100) return true
  const [high = 0, low = 0] = parts.ids.bytes(2)
  return ((high * 256 + low) / 65_536) * 100 < percentTraffic
}

function methodRequestHeaders(
  parts: GatewayParts,
  arrival: Arrival,
  route: Route,
): ReadonlyMap<string, HeaderGroup> {
  const { request, trace, host } = arrival
  const edge = route.method.api.api.endpointType === 'EDGE'
  const sentFor = rawHeader(request.rawHeaders, 'x-forwarded-for')
  const colon = host.lastIndexOf(':')
  const port =
    colon > host.lastIndexOf(']') && colon !== -1 ? host.slice(colon + 1) : request.secure ? '443' : '80'
  const scheme = request.secure ? 'https' : 'http'
  const forwardedFor = sentFor === undefined ? request.sourceIp : `${sentFor}, ${request.sourceIp}`
  return readHeaders(request.rawHeaders, [
    ...(edge ? cloudFrontHeaders(parts.ids, request.rawHeaders, scheme) : []),
    ['X-Amzn-Trace-Id', trace.request],
    ['X-Forwarded-For', edge ? `${forwardedFor}, 127.0.0.1` : forwardedFor],
    ['X-Forwarded-Port', port],
    ['X-Forwarded-Proto', scheme],
  ])
}
