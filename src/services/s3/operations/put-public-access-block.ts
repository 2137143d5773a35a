import type { PutPublicAccessBlockRequest } from '@aws-sdk/client-s3'
import { required, writeConfiguration } from '../buckets/configure.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutPublicAccessBlock.html */
export const PutPublicAccessBlock: Operation<PutPublicAccessBlockRequest, object> = async (
  context,
  input,
) => {
  const given = required(input.PublicAccessBlockConfiguration)
  const { BlockPublicAcls = false, IgnorePublicAcls = false } = given
  const { BlockPublicPolicy = false, RestrictPublicBuckets = false } = given
  await writeConfiguration(context, input, 'publicAccessBlock', () => ({
    BlockPublicAcls,
    IgnorePublicAcls,
    BlockPublicPolicy,
    RestrictPublicBuckets,
  }))
  return {}
}
