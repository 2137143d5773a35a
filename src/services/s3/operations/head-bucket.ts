import type { HeadBucketCommandInput, HeadBucketCommandOutput } from '@aws-sdk/client-s3'
import { requireBucket } from '../buckets/bucket.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html */
export const HeadBucket: Operation<
  HeadBucketCommandInput,
  Omit<HeadBucketCommandOutput, '$metadata'> & { ContentType: string }
> = ({ state }, input) =>
  state.store.read(reader => {
    const bucket = requireBucket(reader, input.Bucket, input.ExpectedBucketOwner)
    return {
      ContentType: 'application/xml',
      BucketRegion: bucket.region,
      BucketArn: `arn:aws:s3:::${bucket.name}`,
      AccessPointAlias: false,
    }
  })
