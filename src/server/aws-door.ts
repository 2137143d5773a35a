import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Admin } from '../admin/index.ts'
import {
  type Authorizer,
  AwsError,
  createServiceHost,
  type RequestAuthenticator,
  type ServiceDefinition,
  type ServiceEnvironment,
  type ServiceHost,
  type WireReply,
} from '../aws/index.ts'
import type { Journal } from '../ports/index.ts'
import { createAwsCalls } from './aws-call.ts'
import { createOriginCheck, exposeHeaders, preflightHeaders } from './aws-cors.ts'
import { writeReply } from './aws-reply.ts'
import { createBucketCors } from './bucket-cors.ts'
import { doorRequest } from './door-request.ts'
import { createHttpServer, type HttpHandler } from './http-server.ts'
import { readBody } from './read-body.ts'
import { headersOf } from './request-facts.ts'
import { answerAtSide, type SideDoor } from './side-door.ts'
import type { WholeRequest } from './whole-request.ts'

/** What the AWS door is made of. */
export interface AwsDoorOptions {
  readonly host: string
  /** 0 takes a free port. */
  readonly port: number
  readonly strictPort?: boolean
  /** Further names that `Host` may say. */
  readonly hosts?: readonly string[]
  readonly services: readonly ServiceDefinition[]
  readonly environment: Omit<ServiceEnvironment, 'endpoint'>
  /** Whose account and region a request without credentials means. */
  readonly account: string
  readonly region: string
  /** Absent: `auth: 'off'`, and every request is root's. */
  readonly authenticator?: RequestAuthenticator
  /** Absent: everything is allowed. */
  readonly authorizer?: Authorizer
  readonly journal?: Journal
  /** `/_lambdarium/*` and `/_localstack/health`. */
  readonly admin?: Admin
  /** `/restapis/{api}/{stage}/_user_request_/…`, answered by the gateway. */
  readonly restApis?: HttpHandler
  /** What else answers here; asked in order, before any service. */
  readonly sideDoors?: readonly SideDoor[]
  /** Origins of pages that may call, besides localhost's. */
  readonly origins?: readonly string[]
  /** Bytes that a body which is not a stream may have (67 MB, as Lambda takes: CreateFunction's 50 MB in base64). */
  readonly maxBody?: number
}

/** The AWS door, listening. */
export interface AwsDoor {
  readonly url: string
  readonly port: number
  /** Calls operations as the door does once a request is decoded; for what is made at the start. */
  readonly host: Pick<ServiceHost, 'call' | 'implements'>
  /** Service id → `available`, or `running` once it was called. */
  services(): Readonly<Record<string, string>>
  /** Forgets the services' states. Clear the store first. */
  reset(): Promise<void>
  /** Closes the socket, then ends the services' background work. */
  close(): Promise<void>
}

const traceHeader = 'x-lambdarium-trace'

const userRequest = /^\/restapis\/[^/]+\/[^/]+\/_user_request_(?:\/|$|\?)/

/** Opens the door on which every emulated service answers in AWS's own protocols. */
export async function createAwsDoor(options: AwsDoorOptions): Promise<AwsDoor> {
  const { admin, restApis, sideDoors = [], maxBody = 70_167_211 } = options
  const { log, clock } = options.environment
  let url = ''
  const environment: ServiceEnvironment = { ...options.environment, endpoint: () => url }
  const host = createServiceHost(options.services, environment, options.authorizer)
  const allowsOrigin = createOriginCheck(options.origins ?? [])
  const bucketCors = createBucketCors(host, environment.ids)
  const call = createAwsCalls({ ...options, environment, host, maxBody })

  /** What no page, side door or gateway has a say in goes the short way. */
  const fastLane = {
    takes: ({ headers, rawUrl }: WholeRequest): boolean =>
      !(restApis !== undefined && userRequest.test(rawUrl)) &&
      admin?.owns(rawUrl) !== true &&
      !sideDoors.some(door => door.owns({ host: headers['host'] ?? '', rawUrl })),
    async answer(request: WholeRequest): Promise<WireReply> {
      const { reply, trace } = await call(request, false)
      return trace === undefined ? reply : { ...reply, headers: [...reply.headers, [traceHeader, trace]] }
    },
    broke: (error: Error, { rawUrl }: Pick<WholeRequest, 'rawUrl'>) => brokeOff(error, rawUrl),
  }

  function brokeOff(error: Error, url: string): void {
    if (!(error instanceof AwsError)) log.error({ err: error, url }, 'an answer broke off')
  }

  async function handler(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const rawUrl = request.url ?? '/'
    const { origin } = request.headers
    const mayRead = origin !== undefined && allowsOrigin(origin)
    // The gateway has its own CORS: OPTIONS is a method of an API like others.
    if (restApis !== undefined && userRequest.test(rawUrl))
      return await restApis(request as Parameters<HttpHandler>[0], response as Parameters<HttpHandler>[1])
    const { host: hostHeader = '' } = request.headers
    const address = { host: hostHeader, rawUrl }
    const side = sideDoors.find(door => door.owns(address))
    if (side) return await answerAtSide(side, request, response, maxBody, log)
    if (request.method === 'OPTIONS') {
      const reply = await bucketCors.preflight(request, mayRead)
      if (reply === undefined) return preflight(request, response, mayRead ? origin : undefined)
      request.resume()
      return writeReply(response, reply, 'OPTIONS', () => {})
    }
    if (admin?.owns(rawUrl) === true)
      return await askAdmin(admin, request, response, mayRead ? origin : undefined)
    const byBucket = origin === undefined ? undefined : await bucketCors.headers(request, mayRead)
    const { reply, trace } = await call(
      doorRequest(request),
      origin !== undefined && !mayRead && byBucket === undefined,
    )
    const more: (readonly [string, string])[] = trace === undefined ? [] : [[traceHeader, trace]]
    if (byBucket !== undefined) more.push(...byBucket)
    else if (mayRead) {
      const names = [...reply.headers, ...more].map(([name]) => name)
      more.push(...exposeHeaders(origin, names))
    }
    writeReply(response, reply, request.method ?? 'GET', error => brokeOff(error, rawUrl), more)
    // What the operation did not read of a streaming body must not stop the next request on this connection.
    if (!request.complete) request.resume()
  }

  async function askAdmin(
    { handle }: Admin,
    request: IncomingMessage,
    response: ServerResponse,
    origin: string | undefined,
  ): Promise<void> {
    const body = await readBody(request, maxBody)
    const aborted = new AbortController()
    response.once('close', () => aborted.abort())
    const reply = await handle({
      method: request.method ?? 'GET',
      rawUrl: request.url ?? '/',
      headers: headersOf(request),
      body: body === 'too-large' ? Buffer.alloc(0) : body,
      signal: aborted.signal,
    })
    const headers = Object.entries(reply.headers)
    if (origin !== undefined) headers.push(...exposeHeaders(origin, Object.keys(reply.headers)))
    const content = typeof reply.body === 'string' ? Buffer.from(reply.body) : reply.body
    writeReply(response, { status: reply.status, headers, body: content }, request.method ?? 'GET', error =>
      log.debug({ err: error }, 'a follower of the journal went away'),
    )
  }

  const server = await createHttpServer({
    host: options.host,
    port: options.port,
    ...(options.strictPort === undefined ? {} : { strictPort: options.strictPort }),
    ...(options.hosts === undefined ? {} : { hosts: options.hosts }),
    handler,
    isPlain: true,
    fastLane,
    log,
    clock,
  })
  url = server.url
  return {
    url,
    port: server.port,
    host,
    services: host.services,
    reset: host.reset,
    async close() {
      await server.close()
      await host.stop()
    },
  }
}

/** S3's words for pages that may not ask; every service uses them, for browsers show none of it. */
function preflight(request: IncomingMessage, response: ServerResponse, origin: string | undefined): void {
  request.resume()
  if (origin === undefined) {
    const body = Buffer.from(
      '<Error><Code>AccessForbidden</Code><Message>CORSResponse: This CORS request is not allowed.</Message></Error>',
    )
    response.writeHead(403, { 'Content-Type': 'application/xml', 'Content-Length': body.length })
    response.end(body)
    return
  }
  response.writeHead(200, [...preflightHeaders(origin, headersOf(request)), ['Content-Length', '0']].flat())
  response.end()
}
