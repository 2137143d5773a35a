import type { BucketRecord } from '../buckets/bucket-record.ts'
import type { Change } from '../change.ts'
import { parts, uploads } from '../multipart/upload-record.ts'
import { current, type ObjectRecord, older } from '../objects/object-record.ts'
import { putMarker } from '../objects/put-marker.ts'
import { removeVersion, rewrite } from '../objects/versions.ts'
import type { S3Context } from '../state.ts'
import type { LifecycleAction } from './due-actions.ts'

/** Does what a rule wants, if the version is still what it was when the rule looked. */
export function applyAction(
  context: S3Context,
  change: Change,
  bucket: BucketRecord,
  action: LifecycleAction,
): void {
  const { writer } = change
  const { key } = action
  if (action.kind === 'abort') {
    abort(change, bucket.name, key, action.upload)
    return
  }
  const top = current.get(writer, bucket.name, key)
  const record = top?.seq === action.seq ? top : older.get(writer, bucket.name, key, -action.seq)
  if (record === undefined) return
  const versionId = record.version === 'null' ? {} : { versionId: record.version }
  if (action.kind === 'move') {
    rewrite(change, bucket.name, key, { ...record, storageClass: action.to })
    change.tell(bucket, 'LifecycleTransition', {
      key,
      size: record.size,
      eTag: record.etag,
      seq: change.sequence(),
      reason: 'Lifecycle Transition',
      ...versionId,
    })
    return
  }
  if (action.kind === 'expire' && bucket.versioning !== undefined) {
    if (top === record)
      putMarker(context, change, bucket, { key, type: 'LifecycleExpiration', reason: 'Lifecycle Expiration' })
    return
  }
  if (isLocked(record, context.now)) return
  removeVersion(change, bucket.name, key, record)
  change.tell(bucket, 'LifecycleExpiration:Delete', {
    key,
    seq: change.sequence(),
    reason: 'Lifecycle Expiration',
    ...versionId,
  })
}

function isLocked({ retention, legalHold }: ObjectRecord, now: number): boolean {
  return legalHold === true || (retention !== undefined && retention.until > now)
}

function abort(change: Change, bucket: string, key: string, upload: number): void {
  const { writer } = change
  if (!uploads.remove(writer, bucket, key, upload)) return
  for (const [partKey, part] of Array.from(parts.under(writer, bucket, upload))) {
    parts.remove(writer, ...partKey)
    change.free(part.pieces)
  }
}
