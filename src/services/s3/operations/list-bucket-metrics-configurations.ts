import type {
  ListBucketMetricsConfigurationsOutput,
  ListBucketMetricsConfigurationsRequest,
  MetricsConfiguration,
} from '@aws-sdk/client-s3'
import { listIdentified } from '../buckets/identified-configuration.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBucketMetricsConfigurations.html */
export const ListBucketMetricsConfigurations: Operation<
  ListBucketMetricsConfigurationsRequest,
  ListBucketMetricsConfigurationsOutput
> = async (context, input) => {
  const { values, ...page } = await listIdentified<MetricsConfiguration>(context, input, 'metrics')
  return { MetricsConfigurationList: values, ...page }
}
