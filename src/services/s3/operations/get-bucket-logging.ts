import type { GetBucketLoggingOutput, GetBucketLoggingRequest, LoggingEnabled } from '@aws-sdk/client-s3'
import { readConfiguration } from '../buckets/configure.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLogging.html */
export const GetBucketLogging: Operation<GetBucketLoggingRequest, GetBucketLoggingOutput> = async (
  context,
  input,
) => {
  const enabled = await readConfiguration<LoggingEnabled>(context, input, 'logging')
  return enabled === undefined ? {} : { LoggingEnabled: enabled }
}
