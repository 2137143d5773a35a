import type { Readable } from 'node:stream'

/** A request below `/_lambdarium/` or `/_localstack/`, as the AWS door read it. */
export interface AdminRequest {
  readonly method: string
  /** Path and query as sent. */
  readonly rawUrl: string
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly body: Uint8Array
  /** Aborted when the client hangs up; ends a followed journal. */
  readonly signal?: AbortSignal
}

/** What the door writes back; a followed journal is a stream. */
export interface AdminReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Readable
}

/** Answers with `value` as JSON, with a newline at the end for people who use curl. */
export function jsonReply(status: number, value: unknown): AdminReply {
  return {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: `${JSON.stringify(value, printable, 2)}\n`,
  }
}

/** `JSON.stringify`'s replacer for what journal details hold: bytes as text where they are text, maps as objects. */
export function printable(_key: string, value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries(value)
  if (value instanceof Set) return [...value]
  if (typeof value === 'bigint') return String(value)
  if (value instanceof Error) return { name: value.name, message: value.message }
  if (isBufferJson(value)) return textOrBase64(Uint8Array.from(value.data))
  if (value instanceof Uint8Array) return textOrBase64(value)
  return value
}

/** A Buffer's own `toJSON` has run before a replacer sees it. */
function isBufferJson(value: unknown): value is { data: number[] } {
  return (
    typeof value === 'object' &&
    value !== null &&
    (value as { type?: unknown }).type === 'Buffer' &&
    Array.isArray((value as { data?: unknown }).data)
  )
}

function textOrBase64(bytes: Uint8Array): unknown {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const text = buffer.toString('utf8')
  return text.includes('\uFFFD') ? { base64: buffer.toString('base64') } : text
}
