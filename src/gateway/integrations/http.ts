import type { Header, IntegrationAnswer, Mapped } from '../call.ts'
import type { Payload } from '../content-handling.ts'
import { withinTimeout } from '../deadline.ts'
import type { GatewayParts } from '../gateway.ts'
import { GatewayError } from '../gateway-error.ts'
import { droppedToHttp, notProxied } from '../header-rules.ts'
import { encodeQuery } from '../query-string.ts'
import { headerValue } from '../request-headers.ts'
import { type BackendAnswer, callBackend, decoded, unreachable } from './http-client.ts'
import { proxiedAnswer, proxiedRequestBody } from './proxied-body.ts'

/** Calls an HTTP endpoint with what was mapped and nothing else but the gateway's own headers (recorded). */
export async function answerHttp(parts: GatewayParts, call: Mapped): Promise<IntegrationAnswer> {
  const { integrationRequest } = call
  const headers = withDefaults(
    call,
    integrationRequest.headers.filter(([name]) => !droppedToHttp.has(name.toLowerCase())),
  )
  const answer = decoded(await send(parts, call, headers, integrationRequest.query, integrationRequest.body))
  return { ...answer, selection: String(answer.status) }
}

/**
 * Passes the client's request on. Mapped headers replace the client's, mapped query parameters are appended
 * (recorded).
 */
export async function answerHttpProxy(parts: GatewayParts, call: Mapped): Promise<IntegrationAnswer> {
  const { integrationRequest } = call
  const mapped = integrationRequest.headers.filter(([name]) => !droppedToHttp.has(name.toLowerCase()))
  const replaced = new Set(mapped.map(([name]) => name.toLowerCase()))
  const headers: Header[] = []
  for (const { name, lower, values } of call.headers.values()) {
    if (notProxied.has(lower) || droppedToHttp.has(lower) || replaced.has(lower)) continue
    headers.push([name, values.join(',')])
  }
  const query: Header[] = []
  for (const [name, values] of Object.entries(call.query?.multi ?? {}))
    for (const value of values) query.push([name, value])
  const answer = proxiedAnswer(
    parts,
    call,
    await send(
      parts,
      call,
      withDefaults(call, [...headers, ...mapped]),
      [...query, ...integrationRequest.query],
      proxiedRequestBody(parts, call),
    ),
  )
  return { ...answer, selection: String(answer.status) }
}

async function send(
  parts: GatewayParts,
  call: Mapped,
  headers: readonly Header[],
  query: readonly Header[],
  body: Payload,
): Promise<BackendAnswer> {
  const { integration } = call.plan.method
  const text = endpointOf(call)
  try {
    const url = new URL(text)
    for (const [name, value] of query)
      url.search += `${url.search === '' ? '?' : '&'}${encodeQuery(name)}=${encodeQuery(value)}`
    const { method } = call.integrationRequest
    call.entry.stage('endpoint request', { method, url: url.href, headers })
    return await withinTimeout(parts, integration.timeoutInMillis, signal =>
      callBackend({
        method,
        url,
        headers,
        body: method === 'GET' || method === 'HEAD' ? '' : body,
        signal: signal(),
      }),
    )
  } catch (cause) {
    throw unreachable(text, cause)
  }
}

/** The URI with `{placeholders}` filled from the mapped path parameters. */
function endpointOf(call: Mapped): string {
  const { target } = call.plan.method.integration
  if (target.kind !== 'http') throw new TypeError('no HTTP integration')
  const uri = target.uri(call.stageVariables)
  const filled = uri.replaceAll(/\{([^{}]+)\}/g, (whole, name: string) => {
    const value = call.integrationRequest.path[name.replace(/\+$/, '')]
    return value === undefined
      ? whole
      : value.replaceAll(/[\s?#]/g, character => encodeURIComponent(character))
  })
  const open = /\{[^{}]+\}/.exec(filled)
  if (open === null) return filled
  throw new GatewayError('API_CONFIGURATION_ERROR', {
    explanation: `${open[0]} of ${uri} is not mapped; add integration.request.path.${open[0].slice(1, -1)} to requestParameters`,
  })
}

/** The gateway's own headers; mapped and passed ones stand before its Accept, User-Agent and Content-Type (recorded). */
function withDefaults(call: Mapped, headers: readonly Header[]): readonly Header[] {
  const api = call.plan.api.api.id
  const known = new Set(headers.map(([name]) => name.toLowerCase()))
  const result: Header[] = headers.filter(([name]) => !/^x-amzn-(trace-id|apigateway-api-id)$/i.test(name))
  if (!known.has('accept')) result.push(['Accept', 'application/json'])
  if (!known.has('user-agent')) result.push(['User-Agent', `AmazonAPIGateway_${api}`])
  const type = headerValue(call.headers, 'content-type')
  if (!known.has('content-type') && type !== undefined && call.integrationRequest.body.length > 0)
    result.push(['Content-Type', type])
  result.push(['X-Amzn-Apigateway-Api-Id', api], ['X-Amzn-Trace-Id', call.trace.request])
  return result
}
