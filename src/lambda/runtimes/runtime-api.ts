import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { maximumResponseSize, responseTooLarge } from '../function-error.ts'
import { httpContentType } from '../stream-sink.ts'
import type { RuntimeEvents, RuntimeInvocation } from './runtime.ts'

/** The HTTP interface that a runtime polls for events. */
export interface RuntimeApi {
  /** `127.0.0.1:PORT`, the value of `AWS_LAMBDA_RUNTIME_API`. */
  readonly address: string
  /** Hands an event to the runtime that asked for one. */
  invoke(invocation: RuntimeInvocation): void
  close(): void
}

/** Further interfaces behind the same port (extensions); answers whether the request was one of theirs. */
export type FurtherRoutes = (request: IncomingMessage, response: ServerResponse) => boolean

const prefix = '/2018-06-01/runtime/'
const answerPath = /^\/2018-06-01\/runtime\/invocation\/([^/]+)\/(response|error)$/
/** Names and values as the emulator of AWS has them; a status other than 2xx tells a runtime to stop. */
const errorStatus = {
  InvalidRequestID: 400,
  InvalidStateTransition: 403,
  RequestEntityTooLarge: 413,
  NotFound: 404,
} as const

/** Writes JSON with a length, as every runtime interface client understands it. */
export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  const body = JSON.stringify(value)
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
  })
  response.end(body)
}

function sendError(
  response: ServerResponse,
  errorType: keyof typeof errorStatus,
  errorMessage: string,
): void {
  sendJson(response, errorStatus[errorType], { errorMessage, errorType })
}

/**
 * The Lambda Runtime API for one execution environment.
 * https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export async function openRuntimeApi(events: RuntimeEvents, further: FurtherRoutes): Promise<RuntimeApi> {
  let waiting: ServerResponse | undefined
  let current: RuntimeInvocation | undefined
  let initialised = false

  const next = (response: ServerResponse): void => {
    if (current) {
      sendError(
        response,
        'InvalidStateTransition',
        'Transition from InvocationResponse to Ready is not allowed: the event under way has no answer yet',
      )
      return
    }
    initialised = true
    waiting = response
    events.ready()
  }

  const answered = (request: IncomingMessage, response: ServerResponse, id: string, kind: string): void => {
    if (current?.requestId !== decodeURIComponent(id)) {
      request.resume()
      sendError(response, 'InvalidRequestID', 'Invalid request ID')
      return
    }
    const { 'content-type': contentType, 'lambda-runtime-function-response-mode': mode } = request.headers
    // AWS's client for Go names no mode: there the type of the content says that it is a stream with a head.
    const streams = mode === 'streaming' || contentType === httpContentType
    if (kind === 'response' && streams) {
      stream(request, response)
      return
    }
    collect(request, body => {
      current = undefined
      if (body === undefined) {
        events.failed(responseTooLarge().payload)
        const limit = `Exceeded maximum allowed payload size (${maximumResponseSize} bytes).`
        sendError(response, 'RequestEntityTooLarge', limit)
        return
      }
      const error = errorInTrailers(request)
      if (kind === 'response' && error === undefined) events.responded(body)
      else events.failed(error ?? body)
      sendJson(response, 202, { status: 'OK' })
    })
  }

  const stream = (request: IncomingMessage, response: ServerResponse): void => {
    events.streamStarted(request.headers['content-type'] ?? 'application/octet-stream')
    request.on('data', (chunk: Buffer) => events.streamed(chunk))
    request.on('end', () => {
      current = undefined
      events.streamEnded(errorInTrailers(request))
      sendJson(response, 202, { status: 'OK' })
    })
  }

  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    const { method, url = '' } = request
    if (method === 'GET' && url === `${prefix}invocation/next`) {
      next(response)
      return
    }
    const answer = method === 'POST' ? answerPath.exec(url) : null
    if (answer?.[1] !== undefined && answer[2] !== undefined) {
      answered(request, response, answer[1], answer[2])
      return
    }
    if (method === 'POST' && url === `${prefix}init/error`) {
      collect(request, body => {
        if (initialised) {
          sendError(response, 'InvalidStateTransition', 'Transition from Ready to InitError is not allowed')
          return
        }
        sendJson(response, 202, { status: 'OK' })
        events.initFailed(body ?? new Uint8Array(0))
      })
      return
    }
    if (further(request, response)) return
    request.resume()
    sendError(response, 'NotFound', `${method} ${url} is no part of the Lambda Runtime API`)
  }

  const server = createServer(handle)
  // A runtime waits for its next event for as long as nobody calls; nothing may cut that connection.
  server.keepAliveTimeout = 0
  server.requestTimeout = 0
  server.headersTimeout = 0
  const port = await listen(server)
  return {
    address: `127.0.0.1:${port}`,
    invoke(invocation) {
      const response = waiting
      waiting = undefined
      current = invocation
      response?.writeHead(200, eventHeaders(invocation))
      response?.end(invocation.payload)
    },
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

function eventHeaders(invocation: RuntimeInvocation): Record<string, string | number> {
  const headers: Record<string, string | number> = {
    'Content-Type': 'application/json',
    'Content-Length': invocation.payload.length,
    'Lambda-Runtime-Aws-Request-Id': invocation.requestId,
    'Lambda-Runtime-Deadline-Ms': invocation.deadline,
    'Lambda-Runtime-Invoked-Function-Arn': invocation.arn,
  }
  if (invocation.traceId !== undefined) headers['Lambda-Runtime-Trace-Id'] = invocation.traceId
  if (invocation.clientContext !== undefined)
    headers['Lambda-Runtime-Client-Context'] = headerText(invocation.clientContext)
  if (invocation.cognitoIdentity !== undefined)
    headers['Lambda-Runtime-Cognito-Identity'] = headerText(invocation.cognitoIdentity)
  return headers
}

/** JSON that may stand in a header: what is not ASCII is escaped, which JSON allows. */
function headerText(json: string): string {
  return json
    .replaceAll(/[\r\n]/g, ' ')
    .replaceAll(
      /[\u0080-\uffff]/g,
      character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
}

/** What went wrong while the response was already under way. */
function errorInTrailers({ trailers }: IncomingMessage): Buffer | undefined {
  const error = trailers['lambda-runtime-function-error-body']
  return typeof error === 'string' && error !== '' ? Buffer.from(error, 'base64') : undefined
}

/** Reads a body; undefined when it is larger than a response may be. */
function collect(request: IncomingMessage, done: (body: Buffer | undefined) => void): void {
  const chunks: Buffer[] = []
  let size = 0
  request.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size <= maximumResponseSize) chunks.push(chunk)
    else chunks.length = 0
  })
  request.on('end', () => done(size > maximumResponseSize ? undefined : Buffer.concat(chunks, size)))
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}
