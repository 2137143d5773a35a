import type {
  AnalyticsConfiguration,
  GetBucketAnalyticsConfigurationOutput,
  GetBucketAnalyticsConfigurationRequest,
} from '@aws-sdk/client-s3'
import { requireIdentified } from '../buckets/identified-configuration.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAnalyticsConfiguration.html */
export const GetBucketAnalyticsConfiguration: Operation<
  GetBucketAnalyticsConfigurationRequest,
  GetBucketAnalyticsConfigurationOutput
> = async (context, input) => ({
  AnalyticsConfiguration: await requireIdentified<AnalyticsConfiguration>(context, input, 'analytics'),
})
