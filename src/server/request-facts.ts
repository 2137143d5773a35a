import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'

const utf8 = new TextDecoder('utf-8', { fatal: true })

const beyondAscii = /[\x80-\xff]/

/** Node reads headers as Latin-1. botocore sends UTF-8, the SDK for JavaScript Latin-1: what is no UTF-8 is kept. */
function utf8OrLatin1(text: string): string {
  if (!beyondAscii.test(text)) return text
  try {
    return utf8.decode(Buffer.from(text, 'latin1'))
  } catch (error) {
    if (error instanceof TypeError) return text
    throw error
  }
}

/** A request's headers by lower-case name: Node's own object wherever every value is plain. */
export function headersOf(request: IncomingMessage): Readonly<Record<string, string>> {
  const { headers } = request
  for (const name in headers) {
    const value = headers[name]
    if (typeof value !== 'string' || beyondAscii.test(value)) return readable(headers)
  }
  return headers as Readonly<Record<string, string>>
}

function readable(given: IncomingMessage['headers']): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const name in given) {
    const value = given[name]
    if (value === undefined) continue
    headers[name] = utf8OrLatin1(typeof value === 'string' ? value : value.join(', '))
  }
  return headers
}

/** The client's address without the IPv6 wrapping of an IPv4 one. */
export function sourceIpOf(socket: Pick<Socket, 'remoteAddress'>): string {
  const address = socket.remoteAddress ?? '127.0.0.1'
  return address.startsWith('::ffff:') ? address.slice(7) : address
}
