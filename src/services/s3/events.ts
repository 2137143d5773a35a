import { hostId } from '../../aws/index.ts'
import type { DomainEvent } from '../../ports/index.ts'
import { jsonTable, type Reader, type Writer } from '../../stores/index.ts'

/** What can happen to an object, in the words of S3's notifications without `s3:`. */
export type S3EventType =
  | 'ObjectCreated:Put'
  | 'ObjectCreated:Post'
  | 'ObjectCreated:Copy'
  | 'ObjectCreated:CompleteMultipartUpload'
  | 'ObjectRemoved:Delete'
  | 'ObjectRemoved:DeleteMarkerCreated'
  | 'ObjectTagging:Put'
  | 'ObjectTagging:Delete'
  | 'ObjectAcl:Put'
  | 'ObjectRestore:Post'
  | 'ObjectRestore:Completed'
  | 'ObjectRestore:Delete'
  | 'LifecycleExpiration:Delete'
  | 'LifecycleExpiration:DeleteMarkerCreated'
  | 'LifecycleTransition'
  | 'Replication:OperationFailedReplication'

/** A copy that could not be made. Reasons: https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-failure-codes.html */
export interface FailedReplication {
  readonly rule: string
  /** The bucket's ARN. */
  readonly destination: string
  readonly reason: 'DstBucketNotFound' | 'DstBucketUnversioned' | 'DstBucketObjectLockConfigMissing'
}

/**
 * One thing that happened, with all that a notification or an EventBridge event says of it.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 */
export interface S3Event {
  readonly type: S3EventType
  readonly bucket: string
  /** The account that owns the bucket. */
  readonly bucketOwner: string
  readonly region: string
  /** As it is, not encoded. */
  readonly key: string
  readonly size?: number | undefined
  /** Without quotes. */
  readonly eTag?: string | undefined
  /** Absent for the null version. */
  readonly versionId?: string | undefined
  /** The sequencer's number; absent where AWS gives none (tags, ACLs). */
  readonly seq?: number | undefined
  /** Milliseconds since 1970. */
  readonly time: number
  readonly requestId: string
  /** `AWS:AIDA…`. */
  readonly principalId: string
  /** The account that asked. */
  readonly requester: string
  readonly sourceIp: string
  /** The operation in EventBridge's words: `PutObject`, `POST Object`, `DeleteObject` … */
  readonly reason: string
  readonly restore?: { readonly until: number; readonly storageClass: string } | undefined
  readonly replication?: FailedReplication | undefined
  /** `X-Amzn-Trace-Id` of the request, by which Lambda sees that a function triggers itself. */
  readonly traceId?: string | undefined
  /** The journal's record of the request. */
  readonly cause?: string | undefined
}

/** Events that wait for delivery, oldest first; key: sequence number. Written with the change, removed by who delivers. */
export const outbox = jsonTable<S3Event>('s3/outbox')

/** Keeps an event beside the change that it is about. */
export function putOutbox(writer: Writer, seq: number, event: S3Event): void {
  outbox.put(writer, event, seq)
}

/** What waits in the outbox, oldest first. */
export function* outboxEvents(reader: Reader): Iterable<readonly [seq: number, event: S3Event]> {
  for (const [[seq], event] of outbox.under(reader)) yield [seq as number, event]
}

/** What waits in the outbox behind a number, oldest first. */
export function* outboxAfter(
  reader: Reader,
  after: number,
): Iterable<readonly [number: number, event: S3Event]> {
  for (const [[number], event] of outbox.underAfter(reader, [], [after])) yield [number as number, event]
}

/** A sequencer as AWS writes it: hexadecimal digits that sort as their numbers do. */
export function sequencer(seq: number): string {
  return seq.toString(16).toUpperCase().padStart(18, '0')
}

/** The event as everybody in the simulator hears it. */
export function toDomainEvent(event: S3Event): Pick<DomainEvent, 'type' | 'detail'> {
  const { type, seq, ...detail } = event
  return {
    type,
    detail: {
      ...detail,
      ...(seq === undefined ? {} : { sequencer: sequencer(seq) }),
      hostId: hostId(event.requestId),
    },
  }
}
