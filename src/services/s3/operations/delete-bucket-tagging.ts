import type { DeleteBucketTaggingRequest } from '@aws-sdk/client-s3'
import { deleteConfiguration } from '../buckets/configure.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketTagging.html */
export const DeleteBucketTagging: Operation<DeleteBucketTaggingRequest, object> = (context, input) =>
  deleteConfiguration(context, input, 'tagging')
