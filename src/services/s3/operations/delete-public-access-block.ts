import type { DeletePublicAccessBlockRequest } from '@aws-sdk/client-s3'
import { deleteConfiguration } from '../buckets/configure.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeletePublicAccessBlock.html */
export const DeletePublicAccessBlock: Operation<DeletePublicAccessBlockRequest, object> = (context, input) =>
  deleteConfiguration(context, input, 'publicAccessBlock')
