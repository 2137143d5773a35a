import type { DeleteBucketAnalyticsConfigurationRequest } from '@aws-sdk/client-s3'
import { deleteIdentified } from '../buckets/identified-configuration.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketAnalyticsConfiguration.html */
export const DeleteBucketAnalyticsConfiguration: Operation<
  DeleteBucketAnalyticsConfigurationRequest,
  object
> = (context, input) => deleteIdentified(context, input, 'analytics')
