import type { IncomingMessage } from 'node:http'

/** A request's headers by lower-case name. Node reads them as Latin-1; clients send UTF-8. */
export function headersOf(request: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const name in request.headers) {
    const value = request.headers[name]
    if (value === undefined) continue
    const text = typeof value === 'string' ? value : value.join(', ')
    headers[name] = /[\x80-\xff]/.test(text) ? Buffer.from(text, 'latin1').toString('utf8') : text
  }
  return headers
}

/** The client's address without the IPv6 wrapping of an IPv4 one. */
export function sourceIpOf(request: IncomingMessage): string {
  return (request.socket.remoteAddress ?? '127.0.0.1').replace(/^::ffff:/, '')
}
