import type { DeleteBucketLifecycleRequest } from '@aws-sdk/client-s3'
import { deleteConfiguration } from '../buckets/configure.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketLifecycle.html */
export const DeleteBucketLifecycle: Operation<DeleteBucketLifecycleRequest, object> = (context, input) =>
  deleteConfiguration(context, input, 'lifecycle')
