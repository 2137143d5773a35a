import type { ReplicationConfiguration, ReplicationRule } from '@aws-sdk/client-s3'
import { findBucket } from '../buckets/bucket.ts'
import type { BucketRecord } from '../buckets/bucket-record.ts'
import { configuration } from '../buckets/configuration.ts'
import type { Change } from '../change.ts'
import type { FailedReplication, S3EventType } from '../events.ts'
import { newLock } from '../objects/object-lock.ts'
import {
  current,
  inlineBytes,
  type ObjectRecord,
  type Piece,
  putInline,
  refer,
} from '../objects/object-record.ts'
import { putNewest, rewrite } from '../objects/versions.ts'
import { bucketOfArn, rulesFor } from './replication-rules.ts'

/**
 * Copies what has just become the newest version of a key to the buckets that its bucket's rules name, in the same
 * transaction: nothing waits here that could be lost. Replicas are not copied on, and keep their version's id.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-what-is-isnot-replicated.html
 */
export function replicate(
  change: Change,
  bucket: BucketRecord,
  key: string,
  type: S3EventType,
  now: number,
): void {
  const { writer } = change
  const record = current.get(writer, bucket.name, key)
  const rules = configuration<ReplicationConfiguration>(writer, bucket.name, 'replication')
  if (record === undefined || rules === undefined || record.replication === 'REPLICA') return
  const own = rulesFor(rules, key, record.tags).filter(rule => !record.marker || copiesMarkers(rule))
  if (own.length === 0) return
  let failed = false
  for (const rule of own) {
    const { Destination } = rule
    const destination = findBucket(writer, bucketOfArn(Destination?.Bucket))
    const reason = obstacle(record, destination)
    if (reason !== undefined || destination === undefined) {
      failed = true
      tellFailure(change, bucket, key, record, rule, reason ?? 'DstBucketNotFound')
    } else {
      // A bucket's default retention holds for copies of what had none.
      const lock = isLocked(record) || record.marker ? {} : newLock(writer, destination, {}, now)
      copy(change, destination, key, { ...record, ...lock }, type, Destination)
    }
  }
  if (!record.marker)
    rewrite(change, bucket.name, key, { ...record, replication: failed ? 'FAILED' : 'COMPLETED' })
}

function obstacle(
  record: ObjectRecord,
  destination: BucketRecord | undefined,
): FailedReplication['reason'] | undefined {
  if (destination === undefined) return 'DstBucketNotFound'
  if (destination.versioning !== 'Enabled') return 'DstBucketUnversioned'
  return isLocked(record) && !destination.objectLock ? 'DstBucketObjectLockConfigMissing' : undefined
}

/** Rules with metrics or time control tell of failures. https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-metrics-events.html */
function tellFailure(
  change: Change,
  bucket: BucketRecord,
  key: string,
  record: ObjectRecord,
  { ID, Destination }: ReplicationRule,
  reason: FailedReplication['reason'],
): void {
  const { Bucket = '', Metrics, ReplicationTime } = Destination ?? {}
  // How the operation of a delete marker is called is not documented, so of those nothing is told.
  if (record.marker || (Metrics?.Status !== 'Enabled' && ReplicationTime?.Status !== 'Enabled')) return
  change.tell(bucket, 'Replication:OperationFailedReplication', {
    ...told(key, record),
    replication: { rule: ID ?? '', destination: Bucket, reason },
  })
}

function told(key: string, { seq, etag: eTag, size, version: versionId }: ObjectRecord) {
  return { key, seq, eTag, size, versionId, reason: 'Replication' }
}

function isLocked({ retention, legalHold }: ObjectRecord): boolean {
  return retention !== undefined || legalHold === true
}

function copiesMarkers({ DeleteMarkerReplication, Filter }: ReplicationRule): boolean {
  // Rules of the first version have no filter and copy delete markers.
  return Filter === undefined ? true : DeleteMarkerReplication?.Status === 'Enabled'
}

function copy(
  change: Change,
  destination: BucketRecord,
  key: string,
  record: ObjectRecord,
  type: S3EventType,
  to: ReplicationRule['Destination'],
): void {
  const overridden = to?.AccessControlTranslation?.Owner === 'Destination'
  const storageClass = to?.StorageClass ?? record.storageClass
  const replica: ObjectRecord = {
    // The same version's id and number, by which older versions are found.
    ...record,
    pieces: copyPieces(change, record.pieces),
    ...(overridden && { owner: destination.account }),
    ...(storageClass !== undefined && { storageClass }),
    ...(!record.marker && { replication: 'REPLICA' as const }),
  }
  putNewest(change, destination, key, replica)
  change.tell(destination, record.marker ? 'ObjectRemoved:DeleteMarkerCreated' : type, {
    ...told(key, record),
  })
}

/** Large bodies are shared, small ones copied. */
function copyPieces(change: Change, pieces: readonly Piece[]): Piece[] {
  const { writer } = change
  return pieces.map(piece => {
    if ('blob' in piece) {
      refer(writer, piece.blob)
      return piece
    }
    const inline = change.sequence()
    putInline(writer, inline, inlineBytes(writer, piece.inline))
    return { inline, size: piece.size }
  })
}
