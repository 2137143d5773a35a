import type { DoorRequest } from './door-request.ts'

/** A request whose body is there. */
export type WholeRequest = DoorRequest & { readonly body: Buffer }

/** How many bytes of a head are looked at; the usual one has 600. */
const longestHead = 8192

/** Less than HTTP allows: plain ASCII, a name directly before its colon, no line that goes on in the next. */
const plainHead = /^POST \/ HTTP\/1\.1\r\n(?:[A-Za-z0-9-]+:[\t\x20-\x7e]*\r\n)+$/

/** With any of these a request is more than a head and a body of known length, or is a page's. */
const unusual: ReadonlySet<string> = new Set([
  ...['transfer-encoding', 'expect', 'upgrade', 'trailer', 'te', 'http2-settings', 'origin'],
])

/**
 * Reads the commonest request of an AWS SDK, `POST /` for an operation that a header names, from a piece of a
 * connection that is this request and nothing else. Undefined for everything that is otherwise in any way: what that is
 * `node:http` knows better.
 */
export function readWholeRequest(bytes: Buffer, sourceIp: string): WholeRequest | undefined {
  const text = bytes.toString('latin1', 0, Math.min(bytes.length, longestHead))
  const end = text.indexOf('\r\n\r\n')
  if (end < 0 || !plainHead.test(text.slice(0, end + 2))) return undefined
  const headers: Record<string, string> = {}
  const rawHeaders: string[] = []
  for (let at = text.indexOf('\r\n') + 2; at < end; ) {
    const colon = text.indexOf(':', at)
    const line = text.indexOf('\r\n', colon)
    const sent = text.slice(at, colon)
    const name = sent.toLowerCase()
    // A repeated header, too, and one that has an object's member for its name.
    if (name in headers || unusual.has(name)) return undefined
    const value = text.slice(colon + 1, line).trim()
    rawHeaders.push(sent, value)
    headers[name] = value
    at = line + 2
  }
  const { host, connection = 'keep-alive', 'content-length': length = '' } = headers
  if (host === undefined || headers['x-amz-target'] === undefined) return undefined
  if (connection.toLowerCase() !== 'keep-alive') return undefined
  if (!/^\d{1,9}$/.test(length) || bytes.length !== end + 4 + Number(length)) return undefined
  return {
    method: 'POST',
    rawUrl: '/',
    rawHeaders,
    headers,
    sourceIp,
    secure: false,
    body: bytes.subarray(end + 4),
  }
}
