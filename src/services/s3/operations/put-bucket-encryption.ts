import type { PutBucketEncryptionRequest } from '@aws-sdk/client-s3'
import { requireBucket } from '../buckets/bucket.ts'
import { oneOf, required, writeConfiguration } from '../buckets/configure.ts'
import { invalidArgument, malformedXml } from '../errors.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketEncryption.html */
export const PutBucketEncryption: Operation<PutBucketEncryptionRequest, object> = async (context, input) => {
  await context.state.store.read(reader => requireBucket(reader, input.Bucket, input.ExpectedBucketOwner))
  const { Rules } = required(input.ServerSideEncryptionConfiguration)
  const [rule, ...others] = required(Rules)
  if (rule === undefined || others.length > 0) throw malformedXml()
  const { SSEAlgorithm, KMSMasterKeyID } = required(rule.ApplyServerSideEncryptionByDefault)
  oneOf(SSEAlgorithm, ['AES256', 'aws:kms', 'aws:kms:dsse'])
  if (SSEAlgorithm === 'AES256' && KMSMasterKeyID !== undefined)
    throw invalidArgument(
      'a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse',
      'ApplyServerSideEncryptionByDefault',
    )
  const { BucketKeyEnabled = false, ...rest } = rule
  await writeConfiguration(context, input, 'encryption', () => ({ Rules: [{ ...rest, BucketKeyEnabled }] }))
  return {}
}
