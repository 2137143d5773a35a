import {
  type Authentication,
  AwsError,
  createResolver,
  createServiceWires,
  credentialScope,
  Forwarded,
  parseRequestUrl,
  type ReplyContext,
  type RequestAuthenticator,
  type Resolved,
  rootPrincipal,
  type ServiceEnvironment,
  type ServiceHost,
  type StreamedBody,
  type WireReply,
} from '../aws/index.ts'
import { WholeBody } from '../lib/index.ts'
import type { Journal, JournalEntry } from '../ports/index.ts'
import { foreignPageError, notImplemented, withoutService } from './aws-answers.ts'
import { type CallPlan, createCallPlans } from './call-plan.ts'
import { decodeInput } from './decode-input.ts'
import type { DoorRequest } from './door-request.ts'
import { withHoisted } from './hoisted-headers.ts'
import { inflate } from './inflate.ts'
import { keepable } from './journal-detail.ts'
import { readBody } from './read-body.ts'
import { unforeseenError } from './unforeseen.ts'

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

/** What DynamoDB writes its request ids in, and what all of them end in (seen in what SDKs log). */
const base32 = '0123456789ABCDEFGHIJKLMNOPQRSTUV'
const longIdEnd = 'VV4KQNSO5AEMVJF66Q9ASUAAJG'

/** One request on its way. */
interface Received {
  readonly request: DoorRequest
  readonly query: readonly (readonly [name: string, value: string])[]
  readonly path: string
  /** Where it has been read already. */
  readonly body: Buffer | 'too-large' | undefined
}

/**
 * Makes the straight way of a call: resolve, authenticate, decode, authorize and run, encode. It waits for nothing
 * that is there already: each promise costs as much as looking up a table.
 */
export function createAwsCalls(
  options: AwsCallOptions,
): (request: DoorRequest, foreignPage: boolean) => Promise<AwsCallResult> {
  const { environment, host, authenticator, journal, maxBody } = options
  const { clock, ids, log } = environment
  const resolve = createResolver(createServiceWires())
  const planOf = createCallPlans(host)
  // Whose request it is while signatures are not looked at.
  const owner = rootPrincipal(options.account)

  function bodyFor(
    { body, request }: Received,
    limit: number,
    operation?: string,
  ): Uint8Array | Promise<Uint8Array> {
    if (body !== undefined) return bounded(body, limit, operation)
    return Buffer.isBuffer(request.body)
      ? bounded(request.body, limit, operation)
      : readBody(request.body, limit).then(read => bounded(read, limit, operation))
  }

  function bounded(body: Buffer | 'too-large', limit: number, operation: string | undefined): Buffer {
    if (body !== 'too-large' && body.length <= limit) return body
    // Recorded of Lambda: LocalStack's test_lambda_api, test_oversized_request_create_lambda.
    const where = operation === undefined ? '' : ` for the ${operation} operation`
    throw new AwsError(
      'RequestEntityTooLargeException',
      `Request must be smaller than ${limit} bytes${where}`,
      { statusCode: 413 },
    )
  }

  function formOf({ body }: DoorRequest): Promise<Buffer | 'too-large'> | Buffer {
    return Buffer.isBuffer(body) ? body : readBody(body, maxBody)
  }

  function authenticate(
    received: Received,
    { wire, protocol, operation }: Resolved,
    signatureOptional: boolean,
    requestId: string,
    body: Uint8Array | StreamedBody,
  ): Authentication | Promise<Authentication> {
    if (authenticator === undefined) return { principal: owner, body }
    const { method, rawUrl, rawHeaders, sourceIp, secure } = received.request
    const { signingName, id } = wire.linked.service
    return authenticator.authenticate({
      method,
      rawUrl,
      rawHeaders,
      body,
      sourceIp,
      secure,
      signingName,
      protocol,
      service: id,
      operation,
      signatureOptional,
      now: clock.now(),
      requestId,
    })
  }

  async function answer(
    received: Received,
    resolved: Resolved,
    plan: CallPlan | undefined,
    context: ReplyContext,
    entry: JournalEntry | undefined,
  ): Promise<WireReply> {
    const { facts } = resolved.wire
    const limit = facts.maximumBody ?? maxBody
    if (plan === undefined) {
      const isBare =
        resolved.protocol.startsWith('awsJson') && received.request.headers['x-amz-target'] === undefined
      if (isBare && !isJson(await bodyFor(received, limit)))
        throw new AwsError('SerializationException', '', { statusCode: 400 })
      throw resolved.error ?? new AwsError('UnknownOperationException', '', { statusCode: 400 })
    }
    const { codec, operation, names } = plan
    const { request, query } = received
    const { method, sourceIp, secure } = request
    const given =
      plan.streams && received.body === undefined
        ? streamed(request.body)
        : bodyFor(received, limit, operation.name)
    const sent = given instanceof Promise ? await given : given
    const found = authenticate(received, resolved, plan.signatureOptional, context.requestId, sent)
    const { principal, body, trailers } = found instanceof Promise ? await found : found
    entry?.stage('principal', principal.arn)
    if (!plan.isImplemented) throw notImplemented(names.service, names.operation)
    const headers = resolved.protocol === 'restXml' ? withHoisted(request.headers, query) : request.headers
    const { path, labels } = resolved
    const wire = { method, path, query, headers, labels, body: inflate(body, headers, limit, facts) }
    const { input, malformed } = decodeInput(plan, wire)
    if (plan.decodeBody === undefined) entry?.stage('input', keepable(input))
    else entry?.bytes('input', wire.body as Uint8Array, plan.decodeBody)
    const broken = (): string | undefined => {
      const problem = plan.validate?.(input)
      if (problem === undefined || plan.read === undefined) return problem
      // Its words show members as they were sent.
      return plan.validate?.(plan.decodeBody?.(wire.body as Uint8Array))
    }
    host.checkFirst(names.service, names.operation, input, broken)
    const problem = broken()
    if (problem !== undefined) throw new AwsError(facts.validationCode ?? '', problem, { statusCode: 400 })
    const output = await host.call({
      service: names.service,
      operation: names.operation,
      input,
      malformed,
      principal,
      account: principal.kind === 'anonymous' ? options.account : principal.account,
      region: credentialScope(headers, query)?.region || options.region,
      requestId: context.requestId,
      ...(entry !== undefined && { trace: entry.id }),
      protocol: resolved.protocol,
      http: {
        sourceIp,
        secure,
        host: headers['host'] ?? '',
        headers,
        wire,
        ...(trailers !== undefined && { trailers }),
      },
    })
    return output instanceof Forwarded ? output.reply : codec.encode(operation, output, context)
  }

  function requestIdOf(resolved: Resolved | undefined): string {
    if (resolved?.protocol === 'restXml') return ids.token(16, '0123456789ABCDEF')
    return resolved?.wire.facts.longRequestIds === true ? `${ids.token(26, base32)}${longIdEnd}` : ids.uuid()
  }

  function failure(
    error: unknown,
    resolved: Resolved,
    context: ReplyContext,
  ): { error: AwsError; reply: WireReply } {
    const known =
      error instanceof AwsError
        ? error
        : unforeseenError({ error, protocol: resolved.protocol, names: namesOf(resolved), log })
    if (known.statusCode === 501) log.warn(namesOf(resolved), known.message)
    return { error: known, reply: resolved.wire.codec(resolved.protocol).encodeError(known, context) }
  }

  return async (request, foreignPage) => {
    const { method, headers } = request
    const { path, query } = parseRequestUrl(request.rawUrl)
    const body = isForm(request) ? await formOf(request) : undefined
    const received: Received = { request, path, query, body }
    const form = (): string => (Buffer.isBuffer(body) ? body.toString('utf8') : '')
    let resolved: Resolved
    try {
      resolved = resolve({ method, path, query, headers, form })
    } catch (error) {
      if (!(error instanceof AwsError)) throw error
      log.warn({ method, path }, error.message)
      return { reply: withoutService(error, requestIdOf(undefined)), trace: undefined }
    }
    const plan = planOf(resolved)
    const requestId = requestIdOf(resolved)
    const context = {
      requestId,
      method,
      path: resolved.path,
      contentType: headers['content-type'],
      acceptEncoding: headers['accept-encoding'],
    }
    const { service, operation } = plan?.names ?? namesOf(resolved)
    const subject = { service, operation, method, path, requestId }
    const entry = journal?.begin(
      'call',
      subject,
      headers['x-lambdarium-cause'] ?? journal.causeOf(headers['x-amzn-trace-id']),
    )
    try {
      if (foreignPage && !isSafe(method)) throw foreignPageError()
      const reply = await answer(received, resolved, plan, context, entry)
      entry?.finish({ status: reply.status })
      return { reply, trace: entry?.id }
    } catch (thrown) {
      if (!Buffer.isBuffer(request.body) && request.body.destroyed && !request.body.complete) {
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

function isForm({ method, headers }: DoorRequest): boolean {
  return (
    method === 'POST' && headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true
  )
}

/** A JSON service looks at the body before it says that it does not know what is asked (recorded by dynalite). */
function isJson(body: Uint8Array): boolean {
  try {
    return body.length === 0 || JSON.parse(Buffer.from(body).toString()) !== undefined
  } catch {
    return false
  }
}

function namesOf(resolved: Resolved): { readonly service: string; readonly operation: string } {
  return { service: resolved.wire.linked.service.id, operation: resolved.operation ?? '' }
}

/** A body for an operation that streams its input. */
function streamed(body: DoorRequest['body']): StreamedBody {
  return Buffer.isBuffer(body) ? new WholeBody(() => body) : body
}

function isSafe(method: string): boolean {
  return method === 'GET' || method === 'HEAD'
}
