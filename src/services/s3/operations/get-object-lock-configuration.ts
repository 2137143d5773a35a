import type {
  GetObjectLockConfigurationOutput,
  GetObjectLockConfigurationRequest,
  ObjectLockConfiguration,
} from '@aws-sdk/client-s3'
import { requireBucket } from '../buckets/bucket.ts'
import { configuration } from '../buckets/configuration.ts'
import { noSuchConfiguration } from '../errors.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectLockConfiguration.html */
export const GetObjectLockConfiguration: Operation<
  GetObjectLockConfigurationRequest,
  GetObjectLockConfigurationOutput
> = async ({ state: { store } }, { Bucket, ExpectedBucketOwner }) =>
  await store.read(reader => {
    const { name, objectLock } = requireBucket(reader, Bucket, ExpectedBucketOwner)
    if (!objectLock)
      throw noSuchConfiguration(
        'ObjectLockConfigurationNotFoundError',
        'Object Lock configuration does not exist for this bucket',
        name,
      )
    const rule = configuration<ObjectLockConfiguration>(reader, name, 'object-lock')
    return { ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', ...rule } }
  })
