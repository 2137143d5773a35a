import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { gunzipSync } from 'node:zlib'
import {
  type Authentication,
  AwsError,
  createResolver,
  createServiceWires,
  credentialScope,
  parseRequestUrl,
  type ReplyContext,
  type RequestAuthenticator,
  type Resolved,
  type ServiceEnvironment,
  type ServiceHost,
  type WireReply,
} from '../aws/index.ts'
import type { Journal, JournalEntry } from '../ports/index.ts'
import { foreignPageError, notImplemented, root, withoutService } from './aws-answers.ts'
import { readBody } from './read-body.ts'
import { headersOf, sourceIpOf } from './request-facts.ts'

/** What calls of the AWS door need. */
export interface AwsCallOptions {
  readonly environment: ServiceEnvironment
  readonly host: ServiceHost
  readonly account: string
  readonly region: string
  readonly authenticator?: RequestAuthenticator
  readonly journal?: Journal
  readonly maxBody: number
}

/** The answer of one call and the id of its journal record. */
export interface AwsCallResult {
  readonly reply: WireReply
  readonly trace: string | undefined
}

/** One request on its way: richer at every stage. */
interface Received {
  readonly request: IncomingMessage
  readonly method: string
  readonly headers: Record<string, string>
  readonly query: readonly (readonly [name: string, value: string])[]
  readonly path: string
  readonly body: Buffer | 'too-large' | undefined
}

/** Makes the straight way of a call: resolve, authenticate, decode, authorize and run, encode. */
export function createAwsCalls(
  options: AwsCallOptions,
): (request: IncomingMessage, foreignPage: boolean) => Promise<AwsCallResult> {
  const { environment, host, authenticator, journal, maxBody } = options
  const { clock, ids, log } = environment
  const wires = createServiceWires()
  const resolve = createResolver(wires)

  async function receive(request: IncomingMessage): Promise<Received> {
    const method = request.method ?? 'GET'
    const headers = headersOf(request)
    const { path, query } = parseRequestUrl(request.url ?? '/')
    const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true
    const body = method === 'POST' && isForm ? await readBody(request, maxBody) : undefined
    return { request, method, headers, query, path, body }
  }

  async function bodyFor(received: Received, streams: boolean): Promise<Uint8Array | Readable> {
    if (received.body === undefined && streams) return received.request
    const body = received.body ?? (await readBody(received.request, maxBody))
    if (body !== 'too-large') return body
    throw new AwsError('RequestEntityTooLargeException', `A request may have ${maxBody} bytes here.`, {
      statusCode: 413,
    })
  }

  async function authenticate(
    received: Received,
    resolved: Resolved,
    requestId: string,
    body: Uint8Array | Readable,
  ): Promise<Authentication> {
    if (authenticator === undefined) return { principal: root(options.account), body }
    const { service, operations } = {
      service: resolved.wire.linked.service,
      operations: resolved.wire.linked.service.operations,
    }
    return await authenticator.authenticate({
      method: received.method,
      rawUrl: received.request.url ?? '/',
      rawHeaders: received.request.rawHeaders,
      body,
      sourceIp: sourceIpOf(received.request),
      secure: 'encrypted' in received.request.socket,
      signingName: service.signingName,
      protocol: resolved.protocol,
      service: service.id,
      operation: resolved.operation,
      signatureOptional: resolved.operation !== undefined && operations[resolved.operation]?.auth === 'none',
      now: clock.now(),
      requestId,
    })
  }

  async function answer(
    received: Received,
    resolved: Resolved,
    context: ReplyContext,
    entry: JournalEntry | undefined,
  ): Promise<WireReply> {
    const { wire, protocol, operation: name } = resolved
    const { id } = wire.linked.service
    if (name === undefined)
      throw resolved.error ?? new AwsError('UnknownOperationException', '', { statusCode: 400 })
    const operation = wire.linked.operation(name)
    if (operation === undefined) throw new Error(`${id} has no operation ${name}`)
    const codec = wire.codec(protocol)
    const sent = await bodyFor(received, codec.streamsInput(operation))
    const { principal, body, trailers } = await authenticate(received, resolved, context.requestId, sent)
    entry?.stage('principal', principal.arn)
    if (!host.implements(id, name)) throw notImplemented(id, name)
    const { method, query } = received
    const headers = protocol === 'restXml' ? withHoisted(received) : received.headers
    const input = codec.decode(operation, {
      method,
      path: resolved.path,
      query,
      headers,
      labels: resolved.labels,
      body: inflate(body, headers, maxBody),
    })
    entry?.stage('input', keepable(input))
    host.checkFirst(id, name, input)
    const checked = operation.input !== undefined && !host.checksLimits(id)
    const problem = checked ? validate(resolved, operation.input, input) : undefined
    if (problem !== undefined) throw problem
    const output = await host.call({
      service: id,
      operation: name,
      input,
      principal,
      account: principal.kind === 'anonymous' ? options.account : principal.account,
      region: credentialScope(headers, query)?.region || options.region,
      requestId: context.requestId,
      ...(entry !== undefined && { trace: entry.id }),
      protocol,
      http: {
        sourceIp: sourceIpOf(received.request),
        secure: 'encrypted' in received.request.socket,
        host: headers['host'] ?? '',
        headers,
        ...(trailers === undefined ? {} : { trailers }),
      },
    })
    return codec.encode(operation, output, context)
  }

  function requestIdOf(resolved: Resolved | undefined): string {
    return resolved?.protocol === 'restXml' ? ids.token(16, '0123456789ABCDEF') : ids.uuid()
  }

  function failure(
    error: unknown,
    resolved: Resolved,
    context: ReplyContext,
  ): { error: AwsError; reply: WireReply } {
    const known = error instanceof AwsError ? error : bug(error, resolved)
    if (known.statusCode === 501) log.warn(namesOf(resolved), known.message)
    return { error: known, reply: resolved.wire.codec(resolved.protocol).encodeError(known, context) }
  }

  function bug(error: unknown, resolved: Resolved): AwsError {
    log.error({ err: error, ...namesOf(resolved) }, 'an operation failed because of a bug')
    const code = resolved.protocol === 'restXml' ? 'InternalError' : 'InternalFailure'
    return new AwsError(code, 'We encountered an internal error. Please try again.', {
      statusCode: 500,
      cause: error,
    })
  }

  return async (request, foreignPage) => {
    const received = await receive(request)
    const { method, path, headers, body } = received
    const form = (): string => (Buffer.isBuffer(body) ? body.toString('utf8') : '')
    let resolved: Resolved
    try {
      resolved = resolve({ method, path, query: received.query, headers, form })
    } catch (error) {
      if (!(error instanceof AwsError)) throw error
      log.warn({ method, path }, error.message)
      return { reply: withoutService(error, requestIdOf(undefined)), trace: undefined }
    }
    const requestId = requestIdOf(resolved)
    const context = { requestId, method, path: resolved.path }
    const entry = journal?.begin(
      'call',
      { ...namesOf(resolved), method, path, requestId },
      headers['x-lambdarium-cause'],
    )
    try {
      if (foreignPage && !isSafe(method)) throw foreignPageError()
      const reply = await answer(received, resolved, context, entry)
      entry?.finish({ status: reply.status })
      return { reply, trace: entry?.id }
    } catch (thrown) {
      if (request.destroyed && !request.complete) {
        entry?.finish({ error: 'the client went away' })
        throw thrown
      }
      const { error, reply } = failure(thrown, resolved, context)
      // Signatures and policies put what they saw into the error's cause: canonical request, matching statements.
      if (error.cause !== undefined && !(error.cause instanceof Error)) entry?.stage('evidence', error.cause)
      entry?.finish({ status: reply.status, error: error.code, message: error.message })
      return { reply, trace: entry?.id }
    }
  }
}

/** Pre-signed URLs of S3 carry what would be `x-amz-…` headers in their query. */
function withHoisted({ headers, query }: Received): Record<string, string> {
  let all = headers
  for (const [name, value] of query) {
    const lower = name.toLowerCase()
    if (!lower.startsWith('x-amz-') || signing.has(lower) || lower in headers) continue
    if (all === headers) all = { ...headers }
    all[lower] = value
  }
  return all
}

const signing: ReadonlySet<string> = new Set(
  ['algorithm', 'credential', 'date', 'expires', 'signature', 'signedheaders', 'security-token'].map(
    name => `x-amz-${name}`,
  ),
)

function namesOf(resolved: Resolved): { readonly service: string; readonly operation: string } {
  return { service: resolved.wire.linked.service.id, operation: resolved.operation ?? '' }
}

function validate(
  resolved: Resolved,
  shape: Parameters<Resolved['wire']['validator']>[0],
  input: unknown,
): AwsError | undefined {
  const code = resolved.wire.facts.validationCode
  const message = code === undefined ? undefined : resolved.wire.validator(shape)(input)
  return code === undefined || message === undefined
    ? undefined
    : new AwsError(code, message, { statusCode: 400 })
}

/** SDKs compress large inputs of CloudWatch; the signature is over what was sent, so this comes after it. */
function inflate(
  body: Uint8Array | Readable,
  headers: Record<string, string>,
  limit: number,
): Uint8Array | Readable {
  if (!(body instanceof Uint8Array) || headers['content-encoding'] !== 'gzip') return body
  try {
    return gunzipSync(body, { maxOutputLength: limit })
  } catch (cause) {
    throw new AwsError('SerializationException', 'The request is not the gzip that it says it is.', {
      statusCode: 400,
      cause,
    })
  }
}

/** The journal keeps what it is given, and a stream would keep its whole request. */
function keepable(input: unknown): unknown {
  const members = Object.entries(input as Record<string, unknown>)
  if (!members.some(([, value]) => value instanceof Readable)) return input
  return Object.fromEntries(
    members.map(([name, value]) => [name, value instanceof Readable ? '(stream)' : value]),
  )
}

function isSafe(method: string): boolean {
  return method === 'GET' || method === 'HEAD'
}
