import type { PutBucketMetricsConfigurationRequest } from '@aws-sdk/client-s3'
import { putIdentified } from '../buckets/identified-configuration.ts'
import type { Operation } from '../state.ts'

/** Kept and given back; no report is made of it. https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketMetricsConfiguration.html */
export const PutBucketMetricsConfiguration: Operation<PutBucketMetricsConfigurationRequest, object> = (
  context,
  input,
) => putIdentified(context, input, 'metrics', input.MetricsConfiguration)
