import type { BucketRecord } from '../buckets/bucket-record.ts'
import type { Change } from '../change.ts'
import { noSuchKey, preconditionFailed } from '../errors.ts'
import { disturb } from '../multipart/upload-record.ts'
import type { S3Context } from '../state.ts'
import { matchesETag } from './conditions.ts'
import { checkUnlocked } from './object-lock.ts'
import type { ObjectRecord } from './object-record.ts'
import { putMarker } from './put-marker.ts'
import { findNamedVersion, newest, removeVersion } from './versions.ts'

/** What a deletion asks for. */
export interface Deletion {
  readonly key: string
  readonly version?: string | undefined
  readonly bypassGovernance?: boolean | undefined
  readonly ifMatch?: string | undefined
  readonly ifModified?: Date | undefined
  readonly ifSize?: number | undefined
  /** One of several, whose events come for keys that are not there too (recorded). */
  readonly isOneOfSeveral?: true
}

/** What came of it: the version that went or the delete marker that came. */
export interface Deleted {
  readonly marker?: true
  readonly version?: string
}

/** Deletes an object or a version of it. https://docs.aws.amazon.com/AmazonS3/latest/userguide/DeletingObjectVersions.html */
export function deleteObject(
  context: S3Context,
  change: Change,
  bucket: BucketRecord,
  deletion: Deletion,
): Deleted {
  const { key, version } = deletion
  const { writer } = change
  if (version !== undefined) {
    const record = findNamedVersion(writer, bucket.name, key, version)
    checkConditions(record, deletion)
    if (record === undefined) return { version }
    checkUnlocked(record, context.now, deletion.bypassGovernance ?? false)
    remove(change, bucket, key, record)
    return { version, ...(record.marker ? { marker: true } : {}) }
  }
  const before = newest(writer, bucket.name, key)
  checkConditions(before, deletion)
  if (bucket.versioning === undefined) {
    if (before !== undefined) remove(change, bucket, key, before)
    else if (deletion.isOneOfSeveral) tellRemoval(change, bucket, key)
    return {}
  }
  const marker = putMarker(context, change, bucket, { key, type: 'ObjectRemoved', reason: 'DeleteObject' })
  return { marker: true, version: marker.version }
}

function remove(change: Change, bucket: BucketRecord, key: string, record: ObjectRecord): void {
  removeVersion(change, bucket.name, key, record)
  disturb(change.writer, bucket.name, key)
  tellRemoval(change, bucket, key, record.version)
}

function tellRemoval(change: Change, bucket: BucketRecord, key: string, version = 'null'): void {
  change.tell(bucket, 'ObjectRemoved:Delete', {
    key,
    seq: change.sequence(),
    reason: 'DeleteObject',
    ...(version === 'null' ? {} : { versionId: version }),
  })
}

function checkConditions(
  record: ObjectRecord | undefined,
  { key, ifMatch, ifModified, ifSize }: Deletion,
): void {
  if (ifMatch === undefined && ifModified === undefined && ifSize === undefined) return
  if (record === undefined || record.marker) {
    if (ifMatch === '*' || ifMatch === undefined) return
    throw noSuchKey(key)
  }
  if (ifMatch !== undefined && !matchesETag(ifMatch, record.etag)) throw preconditionFailed('If-Match')
  if (
    ifModified !== undefined &&
    Math.floor(record.modified / 1000) !== Math.floor(ifModified.getTime() / 1000)
  )
    throw preconditionFailed('x-amz-if-match-last-modified-time')
  if (ifSize !== undefined && record.size !== ifSize) throw preconditionFailed('x-amz-if-match-size')
}
