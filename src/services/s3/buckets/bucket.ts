import { AwsError } from '../../../aws/index.ts'
import type { Reader } from '../../../stores/index.ts'
import { accessDenied, noSuchBucket } from '../errors.ts'
import { type BucketRecord, buckets } from './bucket-record.ts'

/** The bucket, or undefined. */
export function findBucket(reader: Reader, name: string): BucketRecord | undefined {
  return buckets.get(reader, name)
}

/** The bucket that an operation names; `owner` is the account that the caller expects it to belong to. */
export function requireBucket(reader: Reader, name = '', owner?: string): BucketRecord {
  const bucket = buckets.get(reader, name)
  if (bucket === undefined) throw noSuchBucket(name)
  checkOwner(bucket, owner)
  return bucket
}

/** `x-amz-expected-bucket-owner`. https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html */
export function checkOwner(bucket: BucketRecord, owner: string | undefined): void {
  if (owner === undefined || owner === bucket.account) return
  if (!/^\d{12}$/.test(owner))
    throw new AwsError(
      'InvalidBucketOwnerAWSAccountID',
      `The value of the expected bucket owner parameter must be an AWS Account ID... [${owner}]`,
      { statusCode: 400 },
    )
  throw accessDenied()
}
