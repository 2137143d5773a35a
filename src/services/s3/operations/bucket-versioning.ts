import type {
  GetBucketVersioningCommandInput,
  GetBucketVersioningCommandOutput,
  PutBucketVersioningCommandInput,
} from '@aws-sdk/client-s3'
import { AwsError } from '../../../aws/index.ts'
import { requireBucket } from '../buckets/bucket.ts'
import { buckets } from '../buckets/bucket-record.ts'
import { configuration } from '../buckets/configuration.ts'
import { change } from '../change.ts'
import { invalidBucketState, malformedXml } from '../errors.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketVersioning.html */
export const PutBucketVersioning: Operation<PutBucketVersioningCommandInput, undefined> = async (
  context,
  input,
) => {
  const status = input.VersioningConfiguration?.Status
  if (status === undefined)
    throw new AwsError(
      'IllegalVersioningConfigurationException',
      'The Versioning element must be specified',
      {
        statusCode: 400,
      },
    )
  if (status !== 'Enabled' && status !== 'Suspended') throw malformedXml()
  await change(context, ({ writer }) => {
    const bucket = requireBucket(writer, input.Bucket, input.ExpectedBucketOwner)
    if (bucket.objectLock && status === 'Suspended')
      throw invalidBucketState(
        'An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.',
      )
    if (status === 'Suspended' && configuration(writer, bucket.name, 'replication') !== undefined)
      throw invalidBucketState(
        'A replication configuration is present on this bucket, so you cannot change the versioning state. To change the versioning state, first delete the replication configuration.',
      )
    buckets.put(writer, { ...bucket, versioning: status }, bucket.name)
  })
  return undefined
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketVersioning.html */
export const GetBucketVersioning: Operation<
  GetBucketVersioningCommandInput,
  Omit<GetBucketVersioningCommandOutput, '$metadata'>
> = ({ state }, input) =>
  state.store.read(reader => {
    const { versioning } = requireBucket(reader, input.Bucket, input.ExpectedBucketOwner)
    return versioning === undefined ? {} : { Status: versioning }
  })
