import { STATUS_CODES } from 'node:http'
import type { WireReply } from '../aws/index.ts'
import { realTime } from '../ports/index.ts'

/** Writes the status line and headers of an answer, as `node:http` would. */
export type WriteHead = (reply: WireReply, connection: 'keep-alive' | 'close') => string

// biome-ignore lint/suspicious/noControlCharactersInRegex: a header's value has none
const unwritable = /[\x00-\x08\x0a-\x1f\x7f]|[^\x00-\xff]/

/** Makes the writer of one server's heads; the date is written once a second. */
export function createHeadWriter(keepAliveMilliseconds: number): WriteHead {
  const keepAlive = `Connection: keep-alive\r\nKeep-Alive: timeout=${Math.floor(keepAliveMilliseconds / 1000)}\r\n`
  let second = -1
  let date = ''
  return ({ status, headers, body }, connection) => {
    const now = Math.floor(realTime() / 1000)
    if (now !== second) {
      second = now
      date = `Date: ${new Date(now * 1000).toUTCString()}\r\n`
    }
    let lines = ''
    for (const [name, value] of headers) {
      if (unwritable.test(value))
        throw new Error(`the header ${name} cannot have the value ${JSON.stringify(value)}`)
      if (name.length !== 14 || name.toLowerCase() !== 'content-length') lines += `${name}: ${value}\r\n`
    }
    // An answer whose length nobody knows ends with its connection.
    const length = body instanceof Uint8Array ? `Content-Length: ${body.length}\r\n` : ''
    return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines}${length}${date}${connection === 'close' ? 'Connection: close\r\n' : keepAlive}\r\n`
  }
}
