import type { PutBucketRequestPaymentRequest } from '@aws-sdk/client-s3'
import { oneOf, required, writeConfiguration } from '../buckets/configure.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketRequestPayment.html */
export const PutBucketRequestPayment: Operation<PutBucketRequestPaymentRequest, object> = async (
  context,
  input,
) => {
  const payer = oneOf(required(input.RequestPaymentConfiguration).Payer, ['BucketOwner', 'Requester'])
  await writeConfiguration(context, input, 'requestPayment', () => payer)
  return {}
}
