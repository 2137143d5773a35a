import type { PutBucketLoggingRequest } from '@aws-sdk/client-s3'
import { AwsError } from '../../../aws/index.ts'
import { findBucket } from '../buckets/bucket.ts'
import { required, writeConfiguration } from '../buckets/configure.ts'
import type { Operation } from '../state.ts'

/** Accepted and given back; no log is written. https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLogging.html */
export const PutBucketLogging: Operation<PutBucketLoggingRequest, object> = async (context, input) => {
  const { LoggingEnabled } = required(input.BucketLoggingStatus)
  await writeConfiguration(context, input, 'logging', (bucket, writer) => {
    if (LoggingEnabled === undefined) return undefined
    const name = required(LoggingEnabled.TargetBucket)
    required(LoggingEnabled.TargetPrefix)
    const target = findBucket(writer, name)
    if (target === undefined)
      throw new AwsError('InvalidTargetBucketForLogging', 'The target bucket for logging does not exist', {
        statusCode: 400,
        detail: { TargetBucket: name },
      })
    if (target.region !== bucket.region)
      throw new AwsError('CrossLocationLoggingProhibitted', 'Cross S3 location logging not allowed. ', {
        statusCode: 403,
        // The first region has no name here (recorded).
        detail: {
          ...(bucket.region === 'us-east-1' ? {} : { SourceBucketLocation: bucket.region }),
          TargetBucketLocation: target.region,
        },
      })
    return LoggingEnabled
  })
  if (LoggingEnabled !== undefined)
    context.log.info(
      { bucket: input.Bucket },
      'server access logging is accepted, but no log is written here',
    )
  return {}
}
