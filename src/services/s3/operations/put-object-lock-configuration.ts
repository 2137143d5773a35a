import type { PutObjectLockConfigurationRequest } from '@aws-sdk/client-s3'
import { requireBucket } from '../buckets/bucket.ts'
import { buckets } from '../buckets/bucket-record.ts'
import { setConfiguration } from '../buckets/configuration.ts'
import { oneOf, required } from '../buckets/configure.ts'
import { invalidArgument, invalidBucketState, malformedXml } from '../errors.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectLockConfiguration.html */
export const PutObjectLockConfiguration: Operation<PutObjectLockConfigurationRequest, object> = async (
  { state: { store } },
  { Bucket, ExpectedBucketOwner, ObjectLockConfiguration },
) => {
  const { ObjectLockEnabled, Rule } = required(ObjectLockConfiguration)
  oneOf(ObjectLockEnabled, ['Enabled'])
  if (Rule !== undefined) {
    const { Mode, Days, Years } = required(Rule.DefaultRetention)
    oneOf(Mode, ['GOVERNANCE', 'COMPLIANCE'])
    if ((Days === undefined) === (Years === undefined)) throw malformedXml()
    if ((Days ?? Years ?? 0) <= 0)
      throw invalidArgument(
        'Default retention period must be a positive integer value',
        Days === undefined ? 'Years' : 'Days',
      )
  }
  await store.transaction(writer => {
    const bucket = requireBucket(writer, Bucket, ExpectedBucketOwner)
    if (bucket.versioning !== 'Enabled')
      throw invalidBucketState(
        "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration",
      )
    buckets.put(writer, { ...bucket, objectLock: true }, bucket.name)
    setConfiguration(writer, bucket.name, 'object-lock', Rule === undefined ? undefined : { Rule })
  })
  return {}
}
