import type { Readable } from 'node:stream'
import type { AwsError } from '../aws-error.ts'
import type { ProtocolName, StreamedBody } from '../door-contract.ts'
import type { LinkedOperation } from './shapes.ts'

/** A request with its URL taken apart and its operation's labels found. */
export interface WireRequest {
  readonly method: string
  /** The raw path, percent-encoded as it came. */
  readonly path: string
  /** Decoded query parameters in order. */
  readonly query: readonly (readonly [name: string, value: string])[]
  /** Lower-case names; values read as UTF-8. */
  readonly headers: Readonly<Record<string, string>>
  /** `{Bucket}`, `{Key+}` … decoded. */
  readonly labels: Readonly<Record<string, string>>
  /** Bytes but where the operation's input streams. */
  readonly body: Uint8Array | StreamedBody
}

/** What goes back. */
export interface WireReply {
  readonly status: number
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Uint8Array | Readable
}

/** What an answer repeats of its request. */
export interface ReplyContext {
  readonly requestId: string
  readonly method: string
  /** The raw path, which S3's errors name as `Resource`. */
  readonly path: string
  /** The `Content-Type` of the request. */
  readonly contentType?: string | undefined
  /** The `Accept-Encoding` of the request. */
  readonly acceptEncoding?: string | undefined
}

/** One wire format of one service: bytes to input, output and errors to bytes. Every fault of a client is an AwsError. */
export interface Codec {
  readonly protocol: ProtocolName
  /** Whether the operation's input has a member that streams, so that the body must not be collected. */
  streamsInput(operation: LinkedOperation): boolean
  decode(operation: LinkedOperation, request: WireRequest): unknown
  encode(operation: LinkedOperation, output: unknown, context: ReplyContext): WireReply
  encodeError(error: AwsError, context: ReplyContext): WireReply
}

/** Text as bytes. */
export function utf8(text: string): Uint8Array {
  return Buffer.from(text, 'utf8')
}

/** Nothing. */
export const noBytes: Uint8Array = new Uint8Array(0)

/** A header's value as Node writes it: bytes of UTF-8 where it is not ASCII, and never a second line. */
export function headerValue(text: string): string {
  if (/^[\x20-\x7e\t]*$/.test(text)) return text
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what must not get into a header
  return Buffer.from(text.replace(/[\x00-\x08\x0a-\x1f\x7f]/g, ' '), 'utf8').toString('latin1')
}
