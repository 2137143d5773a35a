import type { ServerResponse } from 'node:http'
import { pipeline, type Readable } from 'node:stream'
import type { WireReply } from '../aws/index.ts'
import { isPourable } from '../lib/index.ts'

/** Writes an answer, with `more` headers behind its own. A stream that fails in the middle ends the connection, so that nobody takes half for the whole. */
export function writeReply(
  response: ServerResponse,
  reply: WireReply,
  method: string,
  failed: (error: Error) => void,
  more: WireReply['headers'] = [],
): void {
  if (response.destroyed) {
    if (!(reply.body instanceof Uint8Array)) reply.body.destroy()
    return
  }
  const flat: string[] = []
  let length: string | undefined
  for (const [name, value] of reply.headers) {
    if (name.length === 14 && name.toLowerCase() === 'content-length') length = value
    else flat.push(name, value)
  }
  for (const [name, value] of more) flat.push(name, value)
  // Last: once Node knows the length it refuses a Content-Disposition with letters beyond ASCII.
  if (length !== undefined) flat.push('Content-Length', length)
  const bodiless = method === 'HEAD' || reply.status === 204 || reply.status === 304
  if (reply.body instanceof Uint8Array) {
    if (length === undefined && !bodiless) flat.push('Content-Length', String(reply.body.length))
    response.writeHead(reply.status, flat)
    response.end(bodiless ? undefined : reply.body)
    return
  }
  response.writeHead(reply.status, flat)
  if (bodiless) {
    reply.body.destroy()
    response.end()
    return
  }
  response.flushHeaders()
  dropWithConnection(response, reply.body)
  if (isPourable(reply.body)) {
    reply.body.pourInto(response).catch(error => {
      if (response.destroyed) return
      response.destroy()
      failed(error)
    })
    return
  }
  pipeline(reply.body, response, error => {
    if (error && (error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') failed(error)
  })
}

/** An answer that waits behind another one is not told when their connection breaks; its body would stay open. */
function dropWithConnection({ req: { socket } }: ServerResponse, body: Readable): void {
  const drop = (): void => void body.destroy()
  if (socket.destroyed) drop()
  socket.once('close', drop)
  body.once('close', () => socket.off('close', drop))
}
