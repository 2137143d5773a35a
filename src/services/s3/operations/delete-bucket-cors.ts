import type { DeleteBucketCorsRequest } from '@aws-sdk/client-s3'
import { deleteConfiguration } from '../buckets/configure.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketCors.html */
export const DeleteBucketCors: Operation<DeleteBucketCorsRequest, object> = (context, input) =>
  deleteConfiguration(context, input, 'cors')
