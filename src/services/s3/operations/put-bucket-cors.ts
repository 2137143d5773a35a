import type { PutBucketCorsRequest } from '@aws-sdk/client-s3'
import { required, writeConfiguration } from '../buckets/configure.ts'
import { checkCorsRules } from '../cors/check-cors-rules.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketCors.html */
export const PutBucketCors: Operation<PutBucketCorsRequest, object> = async (context, input) => {
  const { CORSRules } = required(input.CORSConfiguration)
  checkCorsRules(CORSRules)
  await writeConfiguration(context, input, 'cors', () => ({ CORSRules }))
  return {}
}
