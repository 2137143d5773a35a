import { encodeKey, type Writer } from '../../stores/index.ts'
import type { BucketRecord } from './buckets/bucket-record.ts'
import { putOutbox, type S3Event, type S3EventType, toDomainEvent } from './events.ts'
import { type Piece, release } from './objects/object-record.ts'
import { replicate } from './replication/replicate.ts'
import type { S3Context } from './state.ts'
import { withRoom } from './with-room.ts'

/** One transaction of S3: what it writes, frees and has to tell. */
export interface Change {
  readonly writer: Writer
  /** The next number of the store: versions, sequencers and small bodies are numbered by it. */
  sequence(): number
  /** Lets an object's bytes go once the change is durable. */
  free(pieces: readonly Piece[]): void
  /** Says what happened; told once the change is durable, and kept in the outbox where somebody wants it. */
  tell(bucket: BucketRecord, type: S3EventType, about: Told): void
}

/** What an operation says of what happened. */
type Told = Pick<
  S3Event,
  'key' | 'reason' | 'size' | 'eTag' | 'versionId' | 'seq' | 'restore' | 'replication'
>

/** Events whose object or delete marker replication copies. */
const replicated = /^ObjectCreated:|^ObjectRemoved:DeleteMarkerCreated$/
const sequenceTable = 's3/sequence'
const sequenceKey = encodeKey('last')

/** Changes the store in one transaction; then removes what nobody refers to any more and tells what happened. */
export async function change<Result>(context: S3Context, run: (change: Change) => Result): Promise<Result> {
  const { store, blobs, log } = context.state
  // Filled anew each time: an engine behind a network runs the function again.
  let freed: string[] = []
  let events: S3Event[] = []
  let kept = false
  const write = (writer: Writer): Result => {
    freed = []
    events = []
    kept = false
    let last: number | undefined
    const next = (): number => {
      last ??= Number(Buffer.from(writer.get(sequenceTable, sequenceKey) ?? []).toString())
      last++
      return last
    }
    const made: Change = {
      writer,
      sequence: next,
      free: pieces => void freed.push(...release(writer, pieces)),
      tell(bucket, type, about) {
        const event = eventOf(context, bucket, type, about)
        events.push(event)
        if (context.state.wantsEvents(bucket)) {
          putOutbox(writer, next(), event)
          kept = true
        }
        if (bucket.replicates && replicated.test(type)) replicate(made, bucket, about.key, type, context.now)
      },
    }
    const answer = run(made)
    if (last !== undefined) writer.put(sequenceTable, sequenceKey, Buffer.from(String(last)))
    return answer
  }
  const result = await withRoom(() => store.transaction(write))
  for (const id of freed)
    blobs
      .remove(id)
      .catch(error => log.warn({ err: error }, 'a body could not be removed; the next start will'))
  for (const event of events) context.emit(toDomainEvent(event))
  if (kept) context.state.keptEvent()
  return result
}

/** In one literal: a spread for each member that may be missing took as long as writing the record. */
function eventOf(
  context: S3Context,
  bucket: BucketRecord,
  type: S3EventType,
  { key, reason, size, eTag, versionId, seq, restore, replication }: Told,
): S3Event {
  const { principal, http, trace } = context
  return {
    key,
    reason,
    size,
    eTag,
    versionId,
    seq,
    restore,
    replication,
    type,
    bucket: bucket.name,
    bucketOwner: bucket.account,
    region: bucket.region,
    time: context.now,
    requestId: context.requestId,
    principalId: principalIdOf(principal),
    requester: principal.account,
    sourceIp: http.sourceIp,
    traceId: http.headers['x-amzn-trace-id'],
    cause: trace,
  }
}

/** Services act under their own name: a lifecycle rule's deletions are `s3.amazonaws.com`'s. */
function principalIdOf({ kind, userId }: S3Context['principal']): string {
  if (kind === 'anonymous') return 'Anonymous'
  return kind === 'service' ? userId : `AWS:${userId}`
}
