import { Readable } from 'node:stream'
import { Forwarded, type WireRequest } from '../../../aws/index.ts'
import { WholeBody } from '../../../lib/index.ts'
import { notImplementedByEngine } from '../errors.ts'
import type { Operation, S3Context } from '../state.ts'
import type { EngineReply } from './engine.ts'
import { engineRequest } from './engine-request.ts'
import { happenedBy } from './happened.ts'
import { type ChangeInput, intendedChanges } from './intended-changes.ts'
import { type Intent, intentOf, intents } from './intents.ts'
import { forgetBucket, localBucket, rememberBucket } from './local-bucket.ts'
import type { EngineLink } from './open-engine-link.ts'
import { dropIntent, settleIntent } from './settle-intent.ts'
import { type SmallReply, smallReply } from './small-reply.ts'
import { verifiedBody } from './verified-body.ts'

/** Operations whose 200 may hold an error, or whose document says what happened. */
const telling: ReadonlySet<string> = new Set(['CopyObject', 'CompleteMultipartUpload', 'DeleteObjects'])

function linkOf({ state }: S3Context): EngineLink {
  if (state.engine === undefined) throw new Error('S3 has no engine to hand requests on to')
  return state.engine
}

/** The request that goes to the engine, its body verified on the way. */
function outgoing(context: S3Context, wire: WireRequest) {
  const body = wire.body instanceof WholeBody ? Readable.from(wire.body) : wire.body
  return engineRequest({ ...wire, body: body instanceof Readable ? verifiedBody(context, body) : body })
}

/** Keeps the intent durably, where somebody wants to hear of the bucket. */
async function intend(
  context: S3Context,
  operation: string,
  input: ChangeInput,
): Promise<Intent | undefined> {
  const changes = intendedChanges(operation, input)
  const { store, wantsEvents } = context.state
  const name = input.Bucket ?? ''
  if (changes.length === 0) return undefined
  const wanted = await store.read(reader => wantsEvents(localBucket(reader, context, name)))
  if (!wanted) return undefined
  const intent = intentOf(context, name, operation, changes)
  await store.transaction(writer => intents.put(writer, intent, intent.requestId))
  return intent
}

/** Hands a request on; where an intent was written, what came of it is settled before the client is answered. */
async function ask(
  context: S3Context,
  operation: string,
  wire: WireRequest,
  intent: Intent | undefined,
): Promise<EngineReply | SmallReply> {
  const { engine, resolver } = linkOf(context)
  const request = outgoing(context, wire)
  try {
    const answered = await engine.send(request)
    const flows = answered.status < 300 && answered.status !== 204 && wire.method !== 'HEAD'
    const reply = flows && !telling.has(operation) ? answered : await smallReply(answered)
    if (intent === undefined) return reply
    // What failed on the way back may have been done all the same, as behind a gateway that waited too long.
    if (reply.status >= 500) resolver.resolve(intent)
    else if (reply.status >= 300) await dropIntent(context, intent)
    else {
      const sent = Number(request.headers['content-length'] ?? 0)
      await settleIntent(context, intent, await happenedBy(engine, intent, reply, sent))
    }
    return reply
  } catch (error) {
    if (intent !== undefined) resolver.resolve(intent)
    throw error
  }
}

/** An operation that an S3-compatible engine answers: the request goes on as it came, the answer back as it is. */
export function forwardOperation(operation: string): Operation<ChangeInput, Forwarded> {
  return async (context, input) => {
    const { wire } = context.http
    if (wire === undefined) throw notImplementedByEngine(operation)
    const intent = await intend(context, operation, input)
    const reply = await ask(context, operation, wire, intent)
    if (reply.status < 300 && operation === 'CreateBucket') await rememberBucket(context, input.Bucket ?? '')
    if (reply.status < 300 && operation === 'DeleteBucket') await forgetBucket(context, input.Bucket ?? '')
    return new Forwarded({ status: reply.status, headers: reply.headers, body: reply.body })
  }
}
