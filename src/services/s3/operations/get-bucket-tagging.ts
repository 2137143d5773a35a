import type { GetBucketTaggingOutput, GetBucketTaggingRequest, Tag } from '@aws-sdk/client-s3'
import { requireConfiguration } from '../buckets/configure.ts'
import type { Operation } from '../state.ts'

const absent = ['NoSuchTagSet', 'The TagSet does not exist'] as const

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketTagging.html */
export const GetBucketTagging: Operation<GetBucketTaggingRequest, GetBucketTaggingOutput> = async (
  context,
  input,
) => ({
  TagSet: await requireConfiguration<Tag[]>(context, input, 'tagging', absent),
})
