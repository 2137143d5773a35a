import type {
  GetBucketInventoryConfigurationOutput,
  GetBucketInventoryConfigurationRequest,
  InventoryConfiguration,
} from '@aws-sdk/client-s3'
import { requireIdentified } from '../buckets/identified-configuration.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketInventoryConfiguration.html */
export const GetBucketInventoryConfiguration: Operation<
  GetBucketInventoryConfigurationRequest,
  GetBucketInventoryConfigurationOutput
> = async (context, input) => ({
  InventoryConfiguration: await requireIdentified<InventoryConfiguration>(context, input, 'inventory'),
})
