import type { IncomingMessage } from 'node:http'

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** Node reads headers as Latin-1. botocore sends UTF-8, the SDK for JavaScript Latin-1: what is no UTF-8 is kept. */
function utf8OrLatin1(text: string): string {
  if (!/[\x80-\xff]/.test(text)) return text
  try {
    return utf8.decode(Buffer.from(text, 'latin1'))
  } catch (error) {
    if (error instanceof TypeError) return text
    throw error
  }
}

/** A request's headers by lower-case name. */
export function headersOf(request: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const name in request.headers) {
    const value = request.headers[name]
    if (value === undefined) continue
    headers[name] = utf8OrLatin1(typeof value === 'string' ? value : value.join(', '))
  }
  return headers
}

/** The client's address without the IPv6 wrapping of an IPv4 one. */
export function sourceIpOf(request: IncomingMessage): string {
  return (request.socket.remoteAddress ?? '127.0.0.1').replace(/^::ffff:/, '')
}
