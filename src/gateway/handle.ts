import { arrive } from './arrival.ts'
import type { Arrival, Authorized, Matched } from './call.ts'
import type { GatewayParts } from './gateway.ts'
import type { GatewayReply, GatewayRequest } from './messages.ts'
import { answerError, reply } from './reply.ts'
import { authorize } from './stages/authorize.ts'
import { decodeBody } from './stages/decode-body.ts'
import { integrate } from './stages/integrate.ts'
import { mapRequest } from './stages/map-request.ts'
import { mapResponse } from './stages/map-response.ts'
import { matchMethod } from './stages/match.ts'
import { validate } from './stages/validate.ts'

/**
 * Answers one request. Each stage takes the last one's value and returns a richer one; what a stage refuses becomes a
 * gateway response, here and nowhere else. Never rejects.
 */
export async function handle(parts: GatewayParts, request: GatewayRequest): Promise<GatewayReply> {
  const arrival = arrive(parts, request)
  const ended = parts.activity.begin('request')
  // The richest value so far, for the gateway response of what goes wrong next.
  let reached: Arrival | Matched | Authorized = arrival
  try {
    const matched = matchMethod(parts, arrival)
    reached = matched
    const authorized = await authorize(parts, matched)
    reached = authorized
    const mapped = mapRequest(validate(await decodeBody(authorized)))
    reached = mapped
    const answered = await integrate(parts, mapped)
    return await reply(parts, answered, mapResponse(answered))
  } catch (error) {
    return await answerError(parts, reached, error)
  } finally {
    ended()
  }
}
