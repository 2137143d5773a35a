import type {
  AnalyticsConfiguration,
  ListBucketAnalyticsConfigurationsOutput,
  ListBucketAnalyticsConfigurationsRequest,
} from '@aws-sdk/client-s3'
import { listIdentified } from '../buckets/identified-configuration.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBucketAnalyticsConfigurations.html */
export const ListBucketAnalyticsConfigurations: Operation<
  ListBucketAnalyticsConfigurationsRequest,
  ListBucketAnalyticsConfigurationsOutput
> = async (context, input) => {
  const { values, ...page } = await listIdentified<AnalyticsConfiguration>(context, input, 'analytics')
  return { AnalyticsConfigurationList: values, ...page }
}
