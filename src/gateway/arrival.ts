import type { Arrival } from './call.ts'
import type { GatewayParts } from './gateway.ts'
import type { GatewayRequest } from './messages.ts'
import { rawHeader } from './request-headers.ts'
import { traceOf } from './trace.ts'

/** Gives a request its ids and opens its journal record. */
export function arrive(parts: GatewayParts, request: GatewayRequest): Arrival {
  const time = parts.clock.now()
  const requestId = parts.ids.uuid()
  // One draw for everything: asking for randomness costs more than the rest of this function.
  const random = Buffer.from(parts.ids.bytes(32))
  return {
    request,
    requestId,
    extendedRequestId: `${random.toString('base64url', 20).slice(0, 15)}=`,
    time,
    started: parts.clock.elapsed(),
    trace: traceOf(rawHeader(request.rawHeaders, 'x-amzn-trace-id'), random.toString('hex', 0, 20), time),
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
