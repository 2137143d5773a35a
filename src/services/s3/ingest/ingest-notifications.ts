import { change } from '../change.ts'
import { contextOf } from '../engine/intents.ts'
import { localBucket } from '../engine/local-bucket.ts'
import type { Operation } from '../state.ts'
import { readRecords, type ToldEvent } from './read-records.ts'

/** The body of a webhook call. */
export interface IngestInput {
  readonly Body: Uint8Array
}

/** How many events were taken. */
export interface IngestOutput {
  readonly Taken: number
}

/** What S3 calls the cause of an event in EventBridge's words. */
function reasonOf({ type }: ToldEvent): string {
  if (type.startsWith('ObjectRemoved:')) return 'DeleteObject'
  if (type.startsWith('LifecycleExpiration:')) return 'Lifecycle Expiration'
  return type === 'ObjectCreated:Copy'
    ? 'CopyObject'
    : type === 'ObjectCreated:CompleteMultipartUpload'
      ? 'CompleteMultipartUpload'
      : 'PutObject'
}

/**
 * Takes an engine's own notification of a write that went around us, as if it had come through us: the event is durable
 * when this answers, and is delivered as every other one.
 */
export const IngestNotifications: Operation<IngestInput, IngestOutput> = async (context, { Body }) => {
  const { state, account, region, now, log } = context
  const { events, unknown } = readRecords(Body)
  if (unknown.length > 0) log.debug({ unknown }, 'the S3 engine told of events that S3 does not have')
  for (const event of events) {
    const { type, bucket, key, size, eTag, versionId, principalId } = event
    const cause = contextOf(state, {
      bucket,
      changes: [],
      reason: reasonOf(event),
      account,
      region,
      principal: { kind: 'user', account, arn: principalId, userId: principalId },
      requestId: event.requestId ?? context.requestId,
      sourceIp: event.sourceIp === '' ? context.http.sourceIp : event.sourceIp,
      time: event.time ?? now,
    })
    await change(cause, change => {
      const created = type.startsWith('ObjectCreated:')
      change.tell(localBucket(change.writer, cause, bucket), type, {
        key,
        reason: reasonOf(event),
        ...(created && size !== undefined ? { size } : {}),
        ...(eTag === undefined || type.startsWith('ObjectRemoved:') ? {} : { eTag }),
        ...(versionId === undefined ? {} : { versionId }),
        ...(/^Object(?:Created|Removed):/.test(type) ? { seq: change.sequence() } : {}),
      })
    })
  }
  return { Taken: events.length }
}
