import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Express, NextFunction, Request, Response } from 'express'
import type { Clock, Logger } from '../ports/index.ts'
import { answerBadRequest, answerPlainly, runningResponse } from './bad-request.ts'
import { createSharedApp } from './express-app.ts'
import { createFastLane, type FastLane, type FastLaneOptions } from './fast-lane.ts'
import { createHostCheck } from './host-check.ts'

/** What answers the requests of one door; a rejection is a bug of ours and becomes a 500. */
export type HttpHandler = (request: Request, response: Response) => void | Promise<void>

/** One door's socket and its bounds. */
export interface HttpServerOptions {
  readonly host: string
  /** 0 takes a free port; a taken one takes the next free one unless `strictPort`. */
  readonly port: number
  readonly strictPort?: boolean
  readonly handler: HttpHandler
  /** The handler is called without Express in between, which costs 2 to 3 µs a request. */
  readonly isPlain?: true
  /** Answers some requests without `node:http`; `handler` must answer them alike. */
  readonly fastLane?: Omit<FastLaneOptions, 'failed'>
  readonly log: Logger
  readonly clock: Clock
  /** Further names that `Host` may say; `*.example.test` allows every name below it. */
  readonly hosts?: readonly string[]
  /** Bytes of request line and headers together that are read at all (64 KB). */
  readonly maxHeaderSize?: number
  /** Milliseconds a client may take for its headers (30 s) and for its whole request (300 s). */
  readonly headersTimeout?: number
  readonly requestTimeout?: number
  /** Milliseconds an idle connection is kept (65 s). */
  readonly keepAliveTimeout?: number
  /** Milliseconds that `close` lets running requests finish (5 s). */
  readonly closeTimeout?: number
}

/** A door that listens. */
export interface HttpServer {
  /** `http://127.0.0.1:3000`. */
  readonly url: string
  readonly port: number
  readonly app: Express
  readonly server: Server
  /** Takes no more requests, lets running ones finish, then ends every connection. */
  close(): Promise<void>
}

/** Opens one door: Express 5 on a socket that survives whatever a client sends. */
export async function createHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { log, clock, handler } = options
  const shared = createSharedApp()
  const allowed = createHostCheck([options.host, ...(options.hosts ?? [])])
  const serve = (request: Request, response: Response): void | Promise<void> => {
    const { host } = request.headers
    if (host === undefined && request.httpVersion === '1.1') {
      response.shouldKeepAlive = false
      return answerPlainly(response, 400, 'Bad Request')
    }
    if (allowed(host)) return handler(request, response)
    log.warn({ host }, 'refused a request whose Host is not one of this server’s names')
    answerPlainly(response, 403, 'This Host is not one of the names of this server.')
  }
  const failed = (error: unknown, request: Request, response: Response): void => {
    if (request.destroyed && !request.complete) return void response.destroy()
    log.error({ err: error, method: request.method, url: request.url }, 'a request failed because of a bug')
    if (response.headersSent) response.destroy()
    else answerPlainly(response, 500, 'Internal server error')
  }
  const plain = async (request: Request, response: Response): Promise<void> => {
    // As Express does, for handlers that use its methods.
    request.res = response
    try {
      await serve(request, response)
    } catch (error) {
      failed(error, request, response)
    }
  }
  shared.app.use(serve)
  shared.app.use((error: unknown, request: Request, response: Response, _next: NextFunction) =>
    failed(error, request, response),
  )

  const requestTimeout = options.requestTimeout ?? 300_000
  const server = createServer(
    {
      IncomingMessage: shared.IncomingMessage,
      ServerResponse: shared.ServerResponse,
      maxHeaderSize: options.maxHeaderSize ?? 65_536,
      headersTimeout: Math.min(options.headersTimeout ?? 30_000, requestTimeout),
      requestTimeout,
      connectionsCheckingInterval: Math.max(50, Math.min(10_000, requestTimeout / 4)),
      keepAliveTimeout: options.keepAliveTimeout ?? 65_000,
      noDelay: true,
      // Node's own answer to a missing Host has no body.
      requireHostHeader: false,
    },
    options.isPlain ? (plain as unknown as RequestListener) : shared.app,
  )
  const { fastLane } = options
  const lane =
    fastLane &&
    createFastLane(server, {
      ...fastLane,
      takes: request => allowed(request.headers['host']) && fastLane.takes(request),
      failed: error => log.error({ err: error }, 'a request failed because of a bug'),
    })
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  server.on('checkContinue', (request, response) => {
    askForBody(request, response)
    server.emit('request', request, response)
  })
  // Node would answer 417 to any other expectation; AWS's services take no notice of it.
  server.on('checkExpectation', (request, response) => server.emit('request', request, response))
  server.on('clientError', (error, socket) => answerBadRequest(error, socket as Socket))
  // Nothing is tunnelled here.
  server.on('connect', (_request, socket) => answerBadRequest(new Error('CONNECT'), socket as Socket))

  const port = await listen(server, options)
  const name = options.host.includes(':') ? `[${options.host}]` : options.host
  return {
    url: `http://${name === '0.0.0.0' ? '127.0.0.1' : name === '[::]' ? '[::1]' : name}:${port}`,
    port,
    app: shared.app,
    server,
    close: () => close(server, lane, sockets, clock, options.closeTimeout ?? 5_000),
  }
}

/** How many ports after the wished one are tried. */
const portAttempts = 100

async function listen(server: Server, options: HttpServerOptions): Promise<number> {
  const attempts = options.strictPort === true || options.port === 0 ? 1 : portAttempts
  for (let attempt = 0; ; attempt++) {
    const port = options.port + attempt
    try {
      await listenOnce(server, options.host, port)
      const taken = (server.address() as AddressInfo).port
      if (attempt > 0)
        options.log.info({ wished: options.port, port: taken }, 'the port was taken, using the next')
      return taken
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code
      if (code !== 'EADDRINUSE' || attempt + 1 >= attempts || port >= 65_535) throw error
    }
  }
}

function listenOnce(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    // The kernel caps the backlog; asking for much lets thousands connect at once.
    server.listen({ host, port, backlog: 16_384 }, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function close(
  server: Server,
  lane: FastLane | undefined,
  sockets: ReadonlySet<Socket>,
  clock: Clock,
  milliseconds: number,
): Promise<void> {
  if (!server.listening) return Promise.resolve()
  return new Promise((resolve, reject) => {
    const cancel = clock.deadline(milliseconds, () => {
      for (const socket of sockets) socket.destroy()
    })
    server.close(error => {
      cancel()
      if (error === undefined || (error as NodeJS.ErrnoException).code === 'ERR_SERVER_NOT_RUNNING') resolve()
      else reject(error)
    })
    // `closeIdleConnections` leaves connections that never sent a request and those whose request is running now.
    for (const socket of sockets) {
      const running = runningResponse(socket)
      if (lane?.has(socket) === true) lane.end(socket)
      else if (running === undefined) socket.destroy()
      else running.once('close', () => socket.destroySoon())
    }
  })
}

/** `Expect: 100-continue` is answered when somebody reads the body: who is refused before need not send it. */
function askForBody(request: IncomingMessage, response: ServerResponse): void {
  const read = request._read
  request._read = function (size) {
    request._read = read
    if (!response.headersSent) response.writeContinue()
    read.call(this, size)
  }
}
