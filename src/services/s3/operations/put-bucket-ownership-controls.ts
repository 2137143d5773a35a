import type { PutBucketOwnershipControlsRequest } from '@aws-sdk/client-s3'
import { checkEnforcedOwnership } from '../acl/enforced-ownership.ts'
import { requireBucket } from '../buckets/bucket.ts'
import { buckets } from '../buckets/bucket-record.ts'
import { oneOf, required } from '../buckets/configure.ts'
import { malformedXml } from '../errors.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketOwnershipControls.html */
export const PutBucketOwnershipControls: Operation<PutBucketOwnershipControlsRequest, object> = async (
  { state: { store } },
  { Bucket, ExpectedBucketOwner, OwnershipControls },
) => {
  const [rule, ...others] = required(required(OwnershipControls).Rules)
  if (others.length > 0) throw malformedXml()
  const ownership = oneOf(rule?.ObjectOwnership, [
    'BucketOwnerEnforced',
    'BucketOwnerPreferred',
    'ObjectWriter',
  ])
  await store.transaction(writer => {
    const bucket = requireBucket(writer, Bucket, ExpectedBucketOwner)
    checkEnforcedOwnership(ownership, bucket.grants, bucket.account)
    buckets.put(writer, { ...bucket, ownership }, bucket.name)
  })
  return {}
}
