import type { Socket } from 'node:net'
import { finished, pipeline, type Readable, Writable } from 'node:stream'
import type { WireReply } from '../aws/index.ts'
import { isPourable } from '../lib/index.ts'
import { framingOf, isBodiless, type WriteHead } from './reply-head.ts'

/** An answer to write, and who hears how that went. */
export interface LaneReply {
  readonly method: string
  readonly reply: WireReply
  readonly connection: 'keep-alive' | 'close'
  /** The answer is on its way as a whole. */
  done(): void
  /** The body's stream failed in the middle; the connection is gone, so that nobody takes half for the whole. */
  broke(error: Error): void
}

/** Writes an answer to a connection that nobody else writes to until it is done. */
export function writeLaneReply(
  socket: Socket,
  headOf: WriteHead,
  { method, reply, connection, done, broke }: LaneReply,
): void {
  const { body, status } = reply
  const bodiless = isBodiless(method, status)
  if (socket.destroyed) {
    if (!(body instanceof Uint8Array)) body.destroy()
    done()
    return
  }
  const framing = framingOf(method, reply)
  const head = headOf(reply, framing, connection)
  if (body instanceof Uint8Array) {
    if (bodiless) socket.write(head, 'latin1')
    else writeWhole(socket, head, body)
    done()
    return
  }
  if (bodiless) {
    body.destroy()
    socket.write(head, 'latin1')
    done()
    return
  }
  socket.write(head, 'latin1')
  stream(body, new BodyPlace(socket, framing.kind === 'chunked'), error => {
    if (!error) done()
    else if (!socket.destroyed) {
      socket.destroy()
      broke(error)
    }
  })
}

/** Beyond this size a body is not copied behind its head. */
const largestCopied = 16 * 1024

function writeWhole(socket: Socket, head: string, body: Uint8Array): void {
  if (body.length > largestCopied) {
    socket.cork()
    socket.write(head, 'latin1')
    socket.write(body)
    socket.uncork()
    return
  }
  const bytes = Buffer.allocUnsafe(head.length + body.length)
  bytes.write(head, 'latin1')
  bytes.set(body, head.length)
  socket.write(bytes)
}

function stream(body: Readable, place: Writable, ended: (error?: Error | null) => void): void {
  if (!isPourable(body)) {
    pipeline(body, place, ended)
    return
  }
  finished(place, ended)
  body.pourInto(place).catch(error => place.destroy(error))
}

/** The place of one streamed body on a connection that goes on behind it. */
class BodyPlace extends Writable {
  readonly #socket: Socket
  readonly #isChunked: boolean
  readonly #gone = (): void => void this.destroy()

  constructor(socket: Socket, isChunked: boolean) {
    super()
    this.#socket = socket
    this.#isChunked = isChunked
    socket.once('close', this.#gone)
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    if (!this.#isChunked) {
      this.#socket.write(chunk, done)
      return
    }
    // One without bytes would be the end.
    if (chunk.length === 0) {
      done()
      return
    }
    this.#socket.cork()
    this.#socket.write(`${chunk.length.toString(16)}\r\n`, 'latin1')
    this.#socket.write(chunk)
    this.#socket.write('\r\n', 'latin1', done)
    this.#socket.uncork()
  }

  override _final(done: (error?: Error | null) => void): void {
    if (this.#isChunked) this.#socket.write('0\r\n\r\n', 'latin1', done)
    else done()
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#socket.off('close', this.#gone)
    done(error)
  }
}
