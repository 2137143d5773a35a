import type { GetBucketRequestPaymentOutput, GetBucketRequestPaymentRequest, Payer } from '@aws-sdk/client-s3'
import { readConfiguration } from '../buckets/configure.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketRequestPayment.html */
export const GetBucketRequestPayment: Operation<
  GetBucketRequestPaymentRequest,
  GetBucketRequestPaymentOutput
> = async (context, input) => ({
  Payer: (await readConfiguration<Payer>(context, input, 'requestPayment')) ?? 'BucketOwner',
})
