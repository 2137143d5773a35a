import { STATUS_CODES } from 'node:http'
import type { WireReply } from '../aws/index.ts'
import { realTime } from '../ports/index.ts'

/** How the reader of an answer knows where its body ends. */
export type Framing =
  | { readonly kind: 'none' }
  /** Bytes that follow, or with HEAD those that would. */
  | { readonly kind: 'length'; readonly length: string }
  | { readonly kind: 'chunked' }

/** Writes the status line and headers of an answer, as `node:http` would. */
export type WriteHead = (
  reply: Pick<WireReply, 'status' | 'headers'>,
  framing: Framing,
  connection: 'keep-alive' | 'close',
) => string

/** Whether an answer has no body, whatever it is given. */
export const isBodiless = (method: string, status: number): boolean =>
  method === 'HEAD' || status === 204 || status === 304

/** How an answer's body is framed: by the length that the answer says or has, else by chunks. */
export function framingOf(method: string, { status, headers, body }: WireReply): Framing {
  const isWhole = body instanceof Uint8Array
  const bodiless = isBodiless(method, status)
  if (isWhole && !bodiless) return { kind: 'length', length: String(body.length) }
  for (const [name, value] of headers) if (isLength(name)) return { kind: 'length', length: value }
  return bodiless ? { kind: 'none' } : { kind: 'chunked' }
}

const isLength = (name: string): boolean => name.length === 14 && name.toLowerCase() === 'content-length'

const token = /^[!#$%&'*+\-.^_`|~\w]+$/

// biome-ignore lint/suspicious/noControlCharactersInRegex: a header's value has none
const unwritable = /[\x00-\x08\x0a-\x1f\x7f]|[^\x00-\xff]/

/** Makes the writer of one server's heads; the date is written once a second. */
export function createHeadWriter(keepAliveMilliseconds: number): WriteHead {
  const keepAlive = `Connection: keep-alive\r\nKeep-Alive: timeout=${Math.floor(keepAliveMilliseconds / 1000)}\r\n`
  let second = -1
  let date = ''
  return ({ status, headers }, framing, connection) => {
    const now = Math.floor(realTime() / 1000)
    if (now !== second) {
      second = now
      date = `Date: ${new Date(now * 1000).toUTCString()}\r\n`
    }
    let lines = ''
    for (const [name, value] of headers) {
      if (!token.test(name) || unwritable.test(value))
        throw new Error(`there cannot be a header ${JSON.stringify(name)} with ${JSON.stringify(value)}`)
      if (!isLength(name)) lines += `${name}: ${value}\r\n`
    }
    if (framing.kind === 'length') lines += `Content-Length: ${framing.length}\r\n`
    else if (framing.kind === 'chunked') lines += 'Transfer-Encoding: chunked\r\n'
    return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines}${date}${connection === 'close' ? 'Connection: close\r\n' : keepAlive}\r\n`
  }
}
