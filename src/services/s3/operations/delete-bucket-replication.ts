import type { DeleteBucketReplicationRequest } from '@aws-sdk/client-s3'
import { deleteConfiguration } from '../buckets/configure.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketReplication.html */
export const DeleteBucketReplication: Operation<DeleteBucketReplicationRequest, object> = (context, input) =>
  deleteConfiguration(context, input, 'replication')
