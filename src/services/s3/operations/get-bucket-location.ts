import type { GetBucketLocationCommandInput } from '@aws-sdk/client-s3'
import { requireBucket } from '../buckets/bucket.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html: us-east-1 is the empty one. */
export const GetBucketLocation: Operation<GetBucketLocationCommandInput, { LocationConstraint?: string }> = (
  { state },
  input,
) =>
  state.store.read(reader => {
    const { region, eu } = requireBucket(reader, input.Bucket, input.ExpectedBucketOwner)
    return region === 'us-east-1' ? {} : { LocationConstraint: eu ? 'EU' : region }
  })
