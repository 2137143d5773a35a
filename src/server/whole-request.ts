import type { DoorRequest } from './door-request.ts'

/** A request whose body is there. */
export type WholeRequest = DoorRequest & { readonly body: Buffer }

const headEnd = Buffer.from('\r\n\r\n')

/** How many bytes a head may have; the usual one has 600. */
const longestHead = 8192

/** Bytes of a body whose further pieces are waited for: what is larger streams. */
const longestBody = 64 * 1024

/**
 * Less than HTTP allows: a path and a query of the characters of RFC 3986, plain ASCII, a name directly before its colon,
 * no line that goes on in the next.
 */
const plainHead =
  /^(?:GET|PUT|POST|HEAD|DELETE) \/[\w\-.~!$&'()*+,;=:@/?%]* HTTP\/1\.1\r\n(?:[\w.-]+:[\t\x20-\x7e]*\r\n)+$/

/** With any of these a request is more than a head and a body of known length, or is a page's. */
const unusual: ReadonlySet<string> = new Set([
  ...['transfer-encoding', 'expect', 'upgrade', 'trailer', 'te', 'http2-settings', 'origin'],
])

/** A request at the beginning of a piece of a connection. */
export interface BegunRequest {
  /** With as much of its body as the piece has. */
  readonly request: WholeRequest
  /** Bytes of the body that are still to come. */
  readonly missing: number
}

/**
 * Reads the usual request of an AWS SDK, `POST /` or S3's `PUT /bucket/key`, from a piece of a connection that begins
 * with it and has nothing behind it. Undefined for everything that is otherwise in any way: what that is `node:http`
 * knows better.
 */
export function readRequest(bytes: Buffer, sourceIp: string): BegunRequest | undefined {
  const end = bytes.indexOf(headEnd)
  if (end < 0 || end > longestHead) return undefined
  // The head alone: its parts keep all of this text alive.
  const text = bytes.toString('latin1', 0, end + 2)
  if (!plainHead.test(text)) return undefined
  const firstLine = text.indexOf('\r\n')
  const blank = text.indexOf(' ')
  const method = text.slice(0, blank)
  const headers: Record<string, string> = {}
  const rawHeaders: string[] = []
  for (let at = firstLine + 2; at < end; ) {
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
  const { host, connection = 'keep-alive', 'content-length': length = '0' } = headers
  if (host === undefined || connection.toLowerCase() !== 'keep-alive') return undefined
  if (!/^\d{1,9}$/.test(length)) return undefined
  const missing = end + 4 + Number(length) - bytes.length
  if (missing < 0 || (missing > 0 && Number(length) > longestBody)) return undefined
  return {
    request: {
      method,
      rawUrl: text.slice(blank + 1, firstLine - ' HTTP/1.1'.length),
      rawHeaders,
      headers,
      sourceIp,
      secure: false,
      body: bytes.subarray(end + 4),
    },
    missing,
  }
}
