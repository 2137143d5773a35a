import type { DeleteBucketEncryptionRequest } from '@aws-sdk/client-s3'
import { deleteConfiguration } from '../buckets/configure.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketEncryption.html */
export const DeleteBucketEncryption: Operation<DeleteBucketEncryptionRequest, object> = (context, input) =>
  deleteConfiguration(context, input, 'encryption')
