import type { DeleteBucketPolicyRequest } from '@aws-sdk/client-s3'
import { deleteConfiguration } from '../buckets/configure.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketPolicy.html */
export const DeleteBucketPolicy: Operation<DeleteBucketPolicyRequest, object> = (context, input) =>
  deleteConfiguration(context, input, 'policy')
