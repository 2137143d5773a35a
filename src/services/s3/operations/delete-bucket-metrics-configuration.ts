import type { DeleteBucketMetricsConfigurationRequest } from '@aws-sdk/client-s3'
import { deleteIdentified } from '../buckets/identified-configuration.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketMetricsConfiguration.html */
export const DeleteBucketMetricsConfiguration: Operation<DeleteBucketMetricsConfigurationRequest, object> = (
  context,
  input,
) => deleteIdentified(context, input, 'metrics')
