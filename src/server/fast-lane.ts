import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { pipeline, type Readable } from 'node:stream'
import type { WireReply } from '../aws/index.ts'
import { createHeadWriter } from './reply-head.ts'
import { sourceIpOf } from './request-facts.ts'
import { readWholeRequest, type WholeRequest } from './whole-request.ts'

/** What is answered without `node:http`. */
export interface FastLaneOptions {
  /** Whether a request may be answered here; the others go the usual way. */
  takes(request: WholeRequest): boolean
  answer(request: WholeRequest): Promise<WireReply>
  /** A bug of ours: the answer rejected, or cannot be written. */
  failed(error: unknown, request: WholeRequest): void
}

/** The connections of a server that `node:http` has not got. */
export interface FastLane {
  has(socket: Socket): boolean
  /** Ends a connection: at once, or once the request that runs on it is answered. */
  end(socket: Socket): void
}

/** One connection. */
interface Lane {
  /** A request runs on it. */
  isBusy: boolean
  /** It does not go on after this request. */
  isEnding: boolean
  hasAnswered: boolean
}

const internalError: WireReply = {
  status: 500,
  headers: [['Content-Type', 'application/json']],
  body: Buffer.from('{"message":"Internal server error"}'),
}

/**
 * Stands before a server of `node:http` and answers the usual request of an SDK from its bytes: the streams, events
 * and objects that `node:http` makes for each request cost more than reading an item does (decision 026). At the first
 * piece of a connection that is anything else, `node:http` gets this piece and the connection for good.
 */
export function createFastLane(server: Server, { takes, answer, failed }: FastLaneOptions): FastLane {
  const lanes = new Map<Socket, Lane>()
  const headOf = createHeadWriter(server.keepAliveTimeout)
  const usual = server.listeners('connection') as ((this: Server, socket: Socket) => void)[]
  server.removeAllListeners('connection')
  server.on('connection', open)

  function open(socket: Socket): void {
    const lane: Lane = { isBusy: false, isEnding: false, hasAnswered: false }
    lanes.set(socket, lane)
    const sourceIp = sourceIpOf(socket)

    const onData = (bytes: Buffer): void => {
      if (lane.isBusy) {
        // A client that does not wait for its answer: its turn comes, and until then it may not send much.
        socket.pause().unshift(bytes)
        return
      }
      const request = readWholeRequest(bytes, sourceIp)
      if (request === undefined || !takes(request)) {
        leave(bytes)
        return
      }
      lane.isBusy = true
      answer(request)
        .then(reply => finish(request, reply))
        .catch(error => {
          failed(error, request)
          finish(request, internalError)
        })
    }
    const onEnd = (): void => {
      if (lane.isBusy) lane.isEnding = true
      else socket.end()
    }
    const onTimeout = (): void => {
      if (!lane.isBusy) socket.destroy()
    }
    // Whoever resets a connection hears nothing more; `close` follows.
    const onError = (): void => {}
    const onClose = (): void => void lanes.delete(socket)

    const finish = (request: WholeRequest, reply: WireReply): void => {
      if (!(reply.body instanceof Uint8Array)) {
        pour(request, reply, reply.body)
        return
      }
      writeWhole(socket, headOf(reply, lane.isEnding ? 'close' : 'keep-alive'), reply.body)
      lane.isBusy = false
      if (lane.isEnding) {
        socket.destroySoon()
        return
      }
      if (!lane.hasAnswered) socket.setTimeout(server.keepAliveTimeout)
      lane.hasAnswered = true
      if (socket.isPaused()) socket.resume()
    }
    // Events that come as they happen: no length is known, so the connection's end is the answer's.
    const pour = (request: WholeRequest, reply: WireReply, body: Readable): void => {
      if (!socket.destroyed) socket.write(headOf(reply, 'close'), 'latin1')
      pipeline(body, socket, error => {
        if (error && error.code !== 'ERR_STREAM_PREMATURE_CLOSE') failed(error, request)
      })
    }
    const leave = (bytes: Buffer): void => {
      lanes.delete(socket)
      socket.off('data', onData).off('end', onEnd).off('timeout', onTimeout).off('error', onError)
      socket.off('close', onClose).setTimeout(0)
      socket.pause().unshift(bytes)
      for (const listener of usual) listener.call(server, socket)
      socket.resume()
    }

    socket.setTimeout(server.headersTimeout)
    socket.on('data', onData).on('end', onEnd).on('timeout', onTimeout).on('error', onError)
    socket.on('close', onClose)
  }

  return {
    has: socket => lanes.has(socket),
    end(socket) {
      const lane = lanes.get(socket)
      if (lane?.isBusy) lane.isEnding = true
      else socket.destroy()
    },
  }
}

/** Beyond this size a body is not copied behind its head. */
const largestCopied = 16 * 1024

function writeWhole(socket: Socket, head: string, body: Uint8Array): void {
  if (socket.destroyed) return
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
