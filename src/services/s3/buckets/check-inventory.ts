import type { InventoryConfiguration } from '@aws-sdk/client-s3'
import { AwsError } from '../../../aws/index.ts'
import { oneOf, required } from './configure.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_InventoryConfiguration.html */
const fields = `Size LastModifiedDate StorageClass ETag IsMultipartUploaded ReplicationStatus EncryptionStatus
  ObjectLockRetainUntilDate ObjectLockMode ObjectLockLegalHoldStatus IntelligentTieringAccessTier BucketKeyStatus
  ChecksumAlgorithm ObjectAccessControlList ObjectOwner LifecycleExpirationDate`.split(/\s+/)

/** Refuses an inventory whose destination is no bucket's ARN (recorded). */
export function checkInventory({
  Destination,
  Schedule,
  IncludedObjectVersions,
  OptionalFields = [],
}: InventoryConfiguration): void {
  const { Bucket, Format } = required(Destination?.S3BucketDestination)
  oneOf(Format, ['CSV', 'ORC', 'Parquet'])
  oneOf(Schedule?.Frequency, ['Daily', 'Weekly'])
  oneOf(IncludedObjectVersions, ['All', 'Current'])
  for (const field of OptionalFields) oneOf(field, fields)
  if (!/^arn:aws[\w-]*:s3:::[a-z0-9][a-z0-9.-]+$/.test(Bucket ?? ''))
    throw new AwsError('InvalidS3DestinationBucket', 'Invalid bucket ARN.', { statusCode: 400 })
}
