import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream'
import type { Gateway, GatewayReply, GatewayRequest } from '../gateway/index.ts'
import type { Logger } from '../ports/index.ts'
import { parseApiAddress } from './api-address.ts'
import { createHttpServer, type HttpHandler, type HttpServer, type HttpServerOptions } from './http-server.ts'
import { readBody } from './read-body.ts'
import { sourceIpOf } from './request-facts.ts'

/** What the API door is made of. */
export interface ApiDoorOptions extends Omit<HttpServerOptions, 'handler'> {
  readonly gateway: Gateway
  /** Bytes of a body that are passed on (10 MB); longer ones are answered with 413. */
  readonly maxBody?: number
}

/** API Gateway passes payloads of 10 MB: https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const payloadLimit = 10 * 1024 * 1024

/** Opens the door behind which the project's APIs answer. */
export function createApiDoor(options: ApiDoorOptions): Promise<HttpServer> {
  const { gateway, maxBody, ...server } = options
  return createHttpServer({
    ...server,
    handler: createApiHandler({ gateway, log: options.log, ...(maxBody !== undefined && { maxBody }) }),
  })
}

/** Answers requests of any of an API's URL forms; the AWS door uses it for `/restapis/…/_user_request_/…`. */
export function createApiHandler(options: {
  readonly gateway: Gateway
  readonly log: Logger
  readonly maxBody?: number
}): HttpHandler {
  const { gateway, log, maxBody = payloadLimit } = options
  return async (request, response) => {
    const body = await readBody(request, maxBody)
    const reply = await gateway.handle(new DoorRequest(request, response, body))
    write(reply, request, response, log)
  }
}

const empty = Buffer.alloc(0)
const smallBody = 16 * 1024

/**
 * A class for its getter's sake: an object literal with one gets a hidden class of its own, each time anew, which
 * keeps request and response alive until the next full garbage collection and slows down everyone who reads it.
 */
class DoorRequest implements GatewayRequest {
  readonly method: string
  readonly rawUrl: string
  readonly rawHeaders: readonly string[]
  readonly httpVersion: string
  readonly sourceIp: string
  readonly secure = false
  readonly body: Buffer
  readonly bodyTooLarge: boolean
  readonly address: GatewayRequest['address']
  readonly #response: ServerResponse
  #hangUp: AbortController | undefined

  constructor(request: IncomingMessage, response: ServerResponse, body: Buffer | 'too-large') {
    this.method = request.method ?? 'GET'
    this.rawUrl = request.url ?? '/'
    this.rawHeaders = request.rawHeaders
    this.httpVersion = request.httpVersion
    this.sourceIp = sourceIpOf(request.socket)
    this.body = body === 'too-large' ? empty : body
    this.bodyTooLarge = body === 'too-large'
    this.address = parseApiAddress(this.rawUrl, request.headers.host)
    this.#response = response
  }

  /** Made only for those who listen to it: most requests end before their client does. */
  get signal(): AbortSignal {
    if (this.#hangUp === undefined) {
      const controller = new AbortController()
      this.#hangUp = controller
      this.#response.once('close', () => controller.abort())
    }
    return this.#hangUp.signal
  }
}

function write(reply: GatewayReply, request: IncomingMessage, response: ServerResponse, log: Logger): void {
  const { status, headers, body } = reply
  const raw: string[] = []
  for (const [name, value] of headers) raw.push(name, value)
  const bodiless = status === 204 || status === 304
  if (Buffer.isBuffer(body) && !bodiless) raw.push('Content-Length', String(body.length))
  // Said here so that Node does not add its own Keep-Alive header.
  raw.push('Connection', response.shouldKeepAlive ? 'keep-alive' : 'close')
  response.writeHead(status, raw)
  if (bodiless || request.method === 'HEAD') {
    if (!Buffer.isBuffer(body)) body.destroy()
    response.end()
  } else if (!Buffer.isBuffer(body)) stream(body, response, log)
  // As text, a small body leaves in one piece with the headers, in one system call.
  else if (body.length <= smallBody) response.end(body.toString('latin1'), 'latin1')
  else response.end(body)
}

function stream(body: Readable, response: ServerResponse, log: Logger): void {
  pipeline(body, response, error => {
    if (error) log.warn({ err: error }, 'a streamed answer broke off')
  })
}
