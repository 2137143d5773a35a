import type { PutBucketInventoryConfigurationRequest } from '@aws-sdk/client-s3'
import { checkInventory } from '../buckets/check-inventory.ts'
import { putIdentified } from '../buckets/identified-configuration.ts'
import type { Operation } from '../state.ts'

/** Kept and given back; no report is made of it. https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketInventoryConfiguration.html */
export const PutBucketInventoryConfiguration: Operation<PutBucketInventoryConfigurationRequest, object> = (
  context,
  input,
) => putIdentified(context, input, 'inventory', input.InventoryConfiguration, checkInventory)
