import type { GetBucketPolicyStatusOutput, GetBucketPolicyStatusRequest } from '@aws-sdk/client-s3'
import { isPublicPolicy } from '../access/public-policy.ts'
import { requireConfiguration } from '../buckets/configure.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicyStatus.html */
export const GetBucketPolicyStatus: Operation<
  GetBucketPolicyStatusRequest,
  GetBucketPolicyStatusOutput
> = async (context, input) => {
  const absent = ['NoSuchBucketPolicy', 'The bucket policy does not exist'] as const
  const text = await requireConfiguration<string>(context, input, 'policy', absent)
  return { PolicyStatus: { IsPublic: isPublicPolicy(text) } }
}
