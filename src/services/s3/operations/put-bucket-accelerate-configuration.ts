import type { PutBucketAccelerateConfigurationRequest } from '@aws-sdk/client-s3'
import { notEmulated } from '../buckets/configuration-errors.ts'
import { oneOf, required, writeConfiguration } from '../buckets/configure.ts'
import { invalidRequest } from '../errors.ts'
import type { Operation } from '../state.ts'

/**
 * Suspending is fine; switching on is refused, for there are no edge locations here.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAccelerateConfiguration.html
 */
export const PutBucketAccelerateConfiguration: Operation<
  PutBucketAccelerateConfigurationRequest,
  object
> = async (context, input) => {
  if (input.Bucket?.includes('.'))
    throw invalidRequest(
      'S3 Transfer Acceleration is not supported for buckets with periods (.) in their names',
    )
  const status = oneOf(required(input.AccelerateConfiguration).Status, ['Enabled', 'Suspended'])
  if (status === 'Enabled')
    throw notEmulated('S3 Transfer Acceleration is not emulated: Lambdarium has no edge locations.')
  await writeConfiguration(context, input, 'accelerate', () => status)
  return {}
}
