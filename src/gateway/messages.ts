import type { Readable } from 'node:stream'

/** One HTTP request as the API door read it: nothing decoded, nothing merged. */
export interface GatewayRequest {
  readonly method: string
  /** Path and query exactly as sent. */
  readonly rawUrl: string
  /** `[name, value, name, value …]` exactly as sent. */
  readonly rawHeaders: readonly string[]
  readonly httpVersion: string
  readonly sourceIp: string
  /** Whether the socket was TLS. */
  readonly secure: boolean
  /** The whole body, at most 10 MB. */
  readonly body: Buffer
  /** The body was longer than 10 MB and has been thrown away; answered by the gateway response REQUEST_TOO_LARGE. */
  readonly bodyTooLarge?: boolean
  /** Aborted when the client hangs up. */
  readonly signal: AbortSignal
  /** What the URL says besides the resource path. */
  readonly address: GatewayAddress
}

/** The three URL forms of an API, taken apart. */
export interface GatewayAddress {
  /** Set by `{apiId}.execute-api.localhost` and `/restapis/{apiId}/…`; otherwise the routes of all APIs are joined. */
  readonly apiId?: string
  readonly stage: string
  /** The raw path below the stage, beginning with `/`, without the query. */
  readonly path: string
  /** The raw query without `?`; `''` when there is none. */
  readonly query: string
}

/** What the door writes back. */
export interface GatewayReply {
  readonly status: number
  /** In order; a name may stand several times. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Buffer | Readable
}
