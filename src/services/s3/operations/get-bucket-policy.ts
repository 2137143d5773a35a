import type { GetBucketPolicyOutput, GetBucketPolicyRequest } from '@aws-sdk/client-s3'
import { requireConfiguration } from '../buckets/configure.ts'
import type { Operation } from '../state.ts'

const absent = ['NoSuchBucketPolicy', 'The bucket policy does not exist'] as const

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicy.html */
export const GetBucketPolicy: Operation<GetBucketPolicyRequest, GetBucketPolicyOutput> = async (
  context,
  input,
) => ({
  Policy: await requireConfiguration<string>(context, input, 'policy', absent),
})
