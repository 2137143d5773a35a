import type { DeleteBucketOwnershipControlsRequest } from '@aws-sdk/client-s3'
import { requireBucket } from '../buckets/bucket.ts'
import { buckets } from '../buckets/bucket-record.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketOwnershipControls.html */
export const DeleteBucketOwnershipControls: Operation<DeleteBucketOwnershipControlsRequest, object> = async (
  { state: { store } },
  { Bucket, ExpectedBucketOwner },
) => {
  await store.transaction(writer => {
    const bucket = requireBucket(writer, Bucket, ExpectedBucketOwner)
    buckets.put(writer, { ...bucket, ownership: undefined }, bucket.name)
  })
  return {}
}
