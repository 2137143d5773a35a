import type { BucketRecord } from '../buckets/bucket-record.ts'
import type { Change } from '../change.ts'
import type { S3Context } from '../state.ts'
import type { ObjectRecord } from './object-record.ts'
import { sequencedId } from './version-id.ts'
import { isVersioned, putNewest } from './versions.ts'

/** Whose deletion it is, as its event tells. */
interface MarkerCause {
  readonly key: string
  readonly type: 'ObjectRemoved' | 'LifecycleExpiration'
  readonly reason: 'DeleteObject' | 'Lifecycle Expiration'
}

/**
 * Puts a delete marker on top of a key's versions; where versioning is suspended it takes the null version's place.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/DeleteMarker.html
 */
export function putMarker(
  context: S3Context,
  change: Change,
  bucket: BucketRecord,
  { key, type, reason }: MarkerCause,
): ObjectRecord {
  const seq = change.sequence()
  const marker: ObjectRecord = {
    version: isVersioned(bucket) ? sequencedId(context.state.ids, seq) : 'null',
    seq,
    modified: context.now,
    owner: bucket.account,
    marker: true,
    size: 0,
    etag: 'd41d8cd98f00b204e9800998ecf8427e',
    pieces: [],
    headers: {},
    metadata: {},
  }
  putNewest(change, bucket, key, marker)
  change.tell(bucket, `${type}:DeleteMarkerCreated`, {
    key,
    eTag: marker.etag,
    seq,
    reason,
    ...(isVersioned(bucket) ? { versionId: marker.version } : {}),
  })
  return marker
}
