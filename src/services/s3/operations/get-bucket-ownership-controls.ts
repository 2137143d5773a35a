import type { GetBucketOwnershipControlsOutput, GetBucketOwnershipControlsRequest } from '@aws-sdk/client-s3'
import { requireBucket } from '../buckets/bucket.ts'
import { noSuchConfiguration } from '../errors.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketOwnershipControls.html */
export const GetBucketOwnershipControls: Operation<
  GetBucketOwnershipControlsRequest,
  GetBucketOwnershipControlsOutput
> = async ({ state: { store } }, { Bucket, ExpectedBucketOwner }) => {
  const { name, ownership } = await store.read(reader => requireBucket(reader, Bucket, ExpectedBucketOwner))
  if (ownership === undefined)
    throw noSuchConfiguration(
      'OwnershipControlsNotFoundError',
      'The bucket ownership controls were not found',
      name,
    )
  return { OwnershipControls: { Rules: [{ ObjectOwnership: ownership }] } }
}
