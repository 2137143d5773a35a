import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import type { WireReply } from '../aws/index.ts'
import { writeLaneReply } from './lane-reply.ts'
import { createHeadWriter } from './reply-head.ts'
import { sourceIpOf } from './request-facts.ts'
import { type BegunRequest, readRequest, type WholeRequest } from './whole-request.ts'

/** What is answered without `node:http`. */
export interface FastLaneOptions {
  /** Whether a request may be answered here; the others go the usual way. */
  takes(request: WholeRequest): boolean
  answer(request: WholeRequest): Promise<WireReply>
  /** A bug of ours: the answer rejected, or cannot be written. */
  failed(error: unknown, request: WholeRequest): void
  /** The stream of an answer's body failed. */
  broke(error: Error, request: WholeRequest): void
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
  /** A request whose body is not there as a whole, and the pieces of the connection since it began. */
  begun: (BegunRequest & { readonly pieces: Buffer[] }) | undefined
  /** Milliseconds of silence after which something is done. */
  patience: number
}

/** For the rest of a body the lane waits less long, and for fewer pieces, than `node:http` does, which gets it then. */
const patienceWithBodies = 1000
const mostPieces = 8

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
export function createFastLane(server: Server, { takes, answer, failed, broke }: FastLaneOptions): FastLane {
  const lanes = new Map<Socket, Lane>()
  const headOf = createHeadWriter(server.keepAliveTimeout)
  const usual = server.listeners('connection') as ((this: Server, socket: Socket) => void)[]
  server.removeAllListeners('connection')
  server.on('connection', open)

  function open(socket: Socket): void {
    const lane: Lane = { isBusy: false, isEnding: false, begun: undefined, patience: 0 }
    lanes.set(socket, lane)
    const sourceIp = sourceIpOf(socket)
    const wait = (milliseconds: number): void => {
      if (lane.patience !== milliseconds) socket.setTimeout(milliseconds)
      lane.patience = milliseconds
    }

    const onData = (bytes: Buffer): void => {
      if (lane.isBusy) {
        // A client that does not wait for its answer: its turn comes, and until then it may not send much.
        socket.pause().unshift(bytes)
        return
      }
      if (lane.begun !== undefined) {
        goOn(lane.begun, bytes)
        return
      }
      const begun = readRequest(bytes, sourceIp)
      if (begun === undefined || !takes(begun.request)) leave(bytes)
      else if (begun.missing === 0) run(begun.request)
      else {
        lane.begun = { ...begun, pieces: [bytes] }
        wait(patienceWithBodies)
      }
    }
    const goOn = ({ request, missing, pieces }: NonNullable<Lane['begun']>, bytes: Buffer): void => {
      pieces.push(bytes)
      const left = missing - bytes.length
      if (left < 0 || (left > 0 && pieces.length > mostPieces)) {
        leave(Buffer.concat(pieces))
        return
      }
      if (left > 0) {
        lane.begun = { request, missing: left, pieces }
        return
      }
      lane.begun = undefined
      run({ ...request, body: Buffer.concat([request.body, ...pieces.slice(1)]) })
    }
    const onEnd = (): void => {
      if (lane.isBusy) lane.isEnding = true
      else if (lane.begun === undefined) socket.end()
      else {
        // As `node:http` says it of a body that breaks off.
        const error = Object.assign(new Error('a body broke off'), { code: 'HPE_INVALID_EOF_STATE' })
        server.emit('clientError', error, socket)
      }
    }
    const onTimeout = (): void => {
      if (lane.begun !== undefined) leave(Buffer.concat(lane.begun.pieces))
      else if (!lane.isBusy) socket.destroy()
    }
    // Whoever resets a connection hears nothing more; `close` follows.
    const onError = (): void => {}
    const onClose = (): void => void lanes.delete(socket)

    const run = (request: WholeRequest): void => {
      lane.isBusy = true
      answer(request)
        .then(reply => finish(request, reply))
        .catch(error => {
          failed(error, request)
          finish(request, internalError)
        })
    }
    const finish = (request: WholeRequest, reply: WireReply): void =>
      writeLaneReply(socket, headOf, {
        method: request.method,
        reply,
        connection: lane.isEnding ? 'close' : 'keep-alive',
        done: next,
        broke: error => broke(error, request),
      })
    const next = (): void => {
      lane.isBusy = false
      if (lane.isEnding) {
        socket.destroySoon()
        return
      }
      wait(server.keepAliveTimeout)
      if (socket.isPaused()) socket.resume()
    }
    const leave = (bytes: Buffer): void => {
      lanes.delete(socket)
      socket.off('data', onData).off('end', onEnd).off('timeout', onTimeout).off('error', onError)
      socket.off('close', onClose).setTimeout(0)
      socket.pause().unshift(bytes)
      for (const listener of usual) listener.call(server, socket)
      socket.resume()
    }

    wait(server.headersTimeout)
    socket.on('data', onData).on('end', onEnd).on('timeout', onTimeout).on('error', onError)
    socket.on('close', onClose)
  }

  return {
    has: socket => lanes.has(socket),
    end(socket) {
      const lane = lanes.get(socket)
      if (lane?.isBusy || lane?.begun) lane.isEnding = true
      else socket.destroy()
    },
  }
}
