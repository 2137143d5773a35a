import type { InventoryConfiguration } from '@aws-sdk/client-s3'
import { AwsError } from '../../../aws/index.ts'
import { required } from './configure.ts'

/** Refuses an inventory whose destination is no bucket's ARN (recorded). */
export function checkInventory({
  Destination,
  Schedule,
  IncludedObjectVersions,
}: InventoryConfiguration): void {
  const { Bucket } = required(Destination?.S3BucketDestination)
  required(Schedule?.Frequency)
  required(IncludedObjectVersions)
  if (!/^arn:aws[\w-]*:s3:::[a-z0-9][a-z0-9.-]+$/.test(Bucket ?? ''))
    throw new AwsError('InvalidS3DestinationBucket', 'Invalid bucket ARN.', { statusCode: 400 })
}
