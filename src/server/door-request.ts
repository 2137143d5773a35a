import type { IncomingMessage } from 'node:http'
import { headersOf, sourceIpOf } from './request-facts.ts'

/** A request on the AWS door: read by `node:http`, its body still to come, or taken whole from its connection. */
export interface DoorRequest {
  readonly method: string
  /** Path and query as sent. */
  readonly rawUrl: string
  /** `[name, value, name, value …]` as sent. */
  readonly rawHeaders: readonly string[]
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>
  readonly sourceIp: string
  readonly secure: boolean
  readonly body: Buffer | IncomingMessage
}

/** A request as `node:http` gives it. */
export function doorRequest(request: IncomingMessage): DoorRequest {
  return {
    method: request.method ?? 'GET',
    rawUrl: request.url ?? '/',
    rawHeaders: request.rawHeaders,
    headers: headersOf(request),
    sourceIp: sourceIpOf(request.socket),
    secure: 'encrypted' in request.socket,
    body: request,
  }
}
