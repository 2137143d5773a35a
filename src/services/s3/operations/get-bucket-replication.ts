import type {
  GetBucketReplicationOutput,
  GetBucketReplicationRequest,
  ReplicationConfiguration,
} from '@aws-sdk/client-s3'
import { requireConfiguration } from '../buckets/configure.ts'
import type { Operation } from '../state.ts'

const absent = [
  'ReplicationConfigurationNotFoundError',
  'The replication configuration was not found',
] as const

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketReplication.html */
export const GetBucketReplication: Operation<
  GetBucketReplicationRequest,
  GetBucketReplicationOutput
> = async (context, input) => ({
  ReplicationConfiguration: await requireConfiguration<ReplicationConfiguration>(
    context,
    input,
    'replication',
    absent,
  ),
})
