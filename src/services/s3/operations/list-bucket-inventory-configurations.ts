import type {
  InventoryConfiguration,
  ListBucketInventoryConfigurationsOutput,
  ListBucketInventoryConfigurationsRequest,
} from '@aws-sdk/client-s3'
import { listIdentified } from '../buckets/identified-configuration.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBucketInventoryConfigurations.html */
export const ListBucketInventoryConfigurations: Operation<
  ListBucketInventoryConfigurationsRequest,
  ListBucketInventoryConfigurationsOutput
> = async (context, input) => {
  const { values, ...page } = await listIdentified<InventoryConfiguration>(context, input, 'inventory')
  return { InventoryConfigurationList: values, ...page }
}
