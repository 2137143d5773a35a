import type { SelectObjectContentRequest } from '@aws-sdk/client-s3'
import { AwsError } from '../../../aws/index.ts'
import { requireBucket } from '../buckets/bucket.ts'
import type { Operation } from '../state.ts'

/**
 * Refused: AWS closed S3 Select to new customers in July 2024 and answers them with this code.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/selecting-content-from-objects.html
 */
export const SelectObjectContent: Operation<SelectObjectContentRequest, never> = async (
  { state: { store } },
  { Bucket, ExpectedBucketOwner },
) => {
  await store.read(reader => requireBucket(reader, Bucket, ExpectedBucketOwner))
  throw new AwsError(
    'MethodNotAllowed',
    'The specified method is not allowed against this resource. Amazon S3 Select is no longer available to new customers, and Lambdarium does not emulate it.',
    { statusCode: 405, detail: { Method: 'POST', ResourceType: 'SELECT' } },
  )
}
