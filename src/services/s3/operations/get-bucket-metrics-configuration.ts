import type {
  GetBucketMetricsConfigurationOutput,
  GetBucketMetricsConfigurationRequest,
  MetricsConfiguration,
} from '@aws-sdk/client-s3'
import { requireIdentified } from '../buckets/identified-configuration.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketMetricsConfiguration.html */
export const GetBucketMetricsConfiguration: Operation<
  GetBucketMetricsConfigurationRequest,
  GetBucketMetricsConfigurationOutput
> = async (context, input) => ({
  MetricsConfiguration: await requireIdentified<MetricsConfiguration>(context, input, 'metrics'),
})
