import type {
  BucketAccelerateStatus,
  GetBucketAccelerateConfigurationOutput,
  GetBucketAccelerateConfigurationRequest,
} from '@aws-sdk/client-s3'
import { readConfiguration } from '../buckets/configure.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAccelerateConfiguration.html */
export const GetBucketAccelerateConfiguration: Operation<
  GetBucketAccelerateConfigurationRequest,
  GetBucketAccelerateConfigurationOutput
> = async (context, input) => {
  const status = await readConfiguration<BucketAccelerateStatus>(context, input, 'accelerate')
  return status === undefined ? {} : { Status: status }
}
