import type { GetBucketWebsiteOutput, GetBucketWebsiteRequest } from '@aws-sdk/client-s3'
import { requireConfiguration } from '../buckets/configure.ts'
import type { Operation } from '../state.ts'

const absent = [
  'NoSuchWebsiteConfiguration',
  'The specified bucket does not have a website configuration',
] as const

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketWebsite.html */
export const GetBucketWebsite: Operation<GetBucketWebsiteRequest, GetBucketWebsiteOutput> = async (
  context,
  input,
) => requireConfiguration<GetBucketWebsiteOutput>(context, input, 'website', absent)
