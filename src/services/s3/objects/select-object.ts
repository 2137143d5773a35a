import type { Reader } from '../../../stores/index.ts'
import { requireBucket } from '../buckets/bucket.ts'
import type { BucketRecord } from '../buckets/bucket-record.ts'
import { deletedKey, markerNotAllowed, noSuchKey } from '../errors.ts'
import { checkKey } from './object-key.ts'
import type { ObjectRecord } from './object-record.ts'
import { newest, requireVersion } from './versions.ts'

/** How an operation names an object. */
export interface ObjectInput {
  readonly Bucket?: string | undefined
  readonly Key?: string | undefined
  readonly VersionId?: string | undefined
  readonly ExpectedBucketOwner?: string | undefined
}

/** As `selectObject`, for operations that answer a newest delete marker as they answer one by its id: 405 (recorded). */
export function selectLive(reader: Reader, input: ObjectInput, method: string) {
  const { name } = requireBucket(reader, input.Bucket, input.ExpectedBucketOwner)
  const record = newest(reader, name, checkKey(input.Key))
  if (input.VersionId === undefined && record?.marker)
    throw markerNotAllowed(method, record.version, record.modified)
  return selectObject(reader, input, method)
}

/** The version that an operation means, which is no delete marker. */
export function selectObject(
  reader: Reader,
  input: ObjectInput,
  method = 'GET',
): { readonly bucket: BucketRecord; readonly key: string; readonly record: ObjectRecord } {
  const bucket = requireBucket(reader, input.Bucket, input.ExpectedBucketOwner)
  const key = checkKey(input.Key)
  if (input.VersionId !== undefined) {
    const record = requireVersion(reader, bucket.name, key, input.VersionId)
    if (record.marker) throw markerNotAllowed(method, record.version, record.modified)
    return { bucket, key, record }
  }
  const record = newest(reader, bucket.name, key)
  if (record === undefined) throw noSuchKey(key)
  if (record.marker) throw deletedKey(key, record.version)
  return { bucket, key, record }
}
