import type { DeleteBucketInventoryConfigurationRequest } from '@aws-sdk/client-s3'
import { deleteIdentified } from '../buckets/identified-configuration.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketInventoryConfiguration.html */
export const DeleteBucketInventoryConfiguration: Operation<
  DeleteBucketInventoryConfigurationRequest,
  object
> = (context, input) => deleteIdentified(context, input, 'inventory')
