import type { Arrival } from './call.ts'
import type { GatewayParts } from './gateway.ts'
import type { GatewayRequest } from './messages.ts'
import { rawHeader } from './request-headers.ts'
import { traceOf } from './trace.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Gives a request its ids and opens its journal record. */
export function arrive(parts: GatewayParts, request: GatewayRequest): Arrival {
  const time = parts.clock.now()
  const requestId = parts.ids.uuid()
  return {
    request,
    requestId,
    extendedRequestId: `${parts.ids.token(15, alphabet)}=`,
    time,
    started: parts.clock.elapsed(),
    trace: traceOf(rawHeader(request.rawHeaders, 'x-amzn-trace-id'), parts.ids, time),
    host: rawHeader(request.rawHeaders, 'host') ?? 'localhost',
    entry: parts.journal.begin('request', {
      method: request.method,
      url: request.rawUrl,
      stage: request.address.stage,
      path: request.address.path,
      sourceIp: request.sourceIp,
      requestId,
    }),
  }
}
