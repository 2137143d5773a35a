import type { AwsError } from '../../../aws/index.ts'
import type { Reader } from '../../../stores/index.ts'
import { requireBucket } from '../buckets/bucket.ts'
import type { BucketRecord } from '../buckets/bucket-record.ts'
import { invalidArgument, invalidObjectState, invalidRequest, noSuchKey } from '../errors.ts'
import { checkCopySource, type ReadConditions } from './conditions.ts'
import { checkCustomerKey } from './encryption.ts'
import type { ObjectRecord } from './object-record.ts'
import { isArchived } from './storage-class.ts'
import { newest, requireVersion } from './versions.ts'

/** What `x-amz-copy-source` names. */
export interface CopySource {
  readonly bucket: string
  readonly key: string
  readonly version: string | undefined
}

/** Reads `bucket/key?versionId=…`, with or without a slash or a whole URL in front (recorded), percent-encoded or not. */
export function parseCopySource(header: string | undefined): CopySource {
  const text = (header ?? '').replace(/^(?:https?:\/\/[^/]*)?\//, '')
  const mark = text.lastIndexOf('?versionId=')
  const version = mark < 0 ? undefined : text.slice(mark + '?versionId='.length)
  const path = decode(mark < 0 ? text : text.slice(0, mark))
  const arn = /^arn:[^:]+:s3:::(.+)$/.exec(path)?.[1] ?? path
  const slash = arn.indexOf('/')
  if (slash <= 0 || slash === arn.length - 1)
    // S3 names the header as its value too (recorded).
    throw invalidArgument('Invalid copy source object key', 'x-amz-copy-source', 'x-amz-copy-source')
  return { bucket: arn.slice(0, slash), key: arn.slice(slash + 1), version }
}

/** Decoded as forms are: a plus sign is a blank (recorded). */
function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch (error) {
    if (error instanceof URIError) return text
    throw error
  }
}

/** The conditions and keys that a copy says about its source. */
export interface CopySourceInput {
  readonly CopySourceIfMatch?: string | undefined
  readonly CopySourceIfNoneMatch?: string | undefined
  readonly CopySourceIfModifiedSince?: Date | undefined
  readonly CopySourceIfUnmodifiedSince?: Date | undefined
  readonly CopySourceSSECustomerAlgorithm?: string | undefined
  readonly CopySourceSSECustomerKey?: string | undefined
  readonly CopySourceSSECustomerKeyMD5?: string | undefined
  readonly ExpectedSourceBucketOwner?: string | undefined
}

/** The version that is to be copied, its conditions held. */
export function selectSource(
  reader: Reader,
  source: CopySource,
  input: CopySourceInput,
  now: number,
): { readonly bucket: BucketRecord; readonly record: ObjectRecord } {
  const bucket = requireBucket(reader, source.bucket, input.ExpectedSourceBucketOwner)
  const record =
    source.version === undefined
      ? newest(reader, bucket.name, source.key)
      : requireVersion(reader, bucket.name, source.key, source.version)
  if (record?.marker && source.version !== undefined)
    throw invalidRequest(
      'The source of a copy request may not specifically refer to a delete marker by version id.',
    )
  if (record === undefined || record.marker) throw noSuchKey(source.key)
  checkCustomerKey(record, {
    SSECustomerAlgorithm: input.CopySourceSSECustomerAlgorithm,
    SSECustomerKey: input.CopySourceSSECustomerKey,
    SSECustomerKeyMD5: input.CopySourceSSECustomerKeyMD5,
  })
  checkCopySource(record, conditionsOf(input), now)
  // As Hadoop's documentation of S3A quotes it.
  if (isArchived(record.storageClass) && !((record.restoredUntil ?? 0) > now))
    throw invalidObjectState(
      record.storageClass ?? '',
      "Operation is not valid for the source object's storage class",
    )
  return { bucket, record }
}

function conditionsOf(input: CopySourceInput): ReadConditions {
  return {
    IfMatch: input.CopySourceIfMatch,
    IfNoneMatch: input.CopySourceIfNoneMatch,
    IfModifiedSince: input.CopySourceIfModifiedSince,
    IfUnmodifiedSince: input.CopySourceIfUnmodifiedSince,
  }
}

export const illegalCopyToItself = (): AwsError =>
  invalidRequest(
    "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
  )
