import type { GetBucketCorsOutput, GetBucketCorsRequest } from '@aws-sdk/client-s3'
import { requireConfiguration } from '../buckets/configure.ts'
import type { Operation } from '../state.ts'

const absent = ['NoSuchCORSConfiguration', 'The CORS configuration does not exist'] as const

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketCors.html */
export const GetBucketCors: Operation<GetBucketCorsRequest, GetBucketCorsOutput> = async (context, input) =>
  requireConfiguration<GetBucketCorsOutput>(context, input, 'cors', absent)
