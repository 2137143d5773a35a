import type {
  GetBucketEncryptionOutput,
  GetBucketEncryptionRequest,
  ServerSideEncryptionConfiguration,
} from '@aws-sdk/client-s3'
import { readConfiguration } from '../buckets/configure.ts'
import type { Operation } from '../state.ts'

/** Since 2023 every bucket encrypts with S3's own keys. https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-bucket-encryption.html */
const byDefault: ServerSideEncryptionConfiguration = {
  Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false }],
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketEncryption.html */
export const GetBucketEncryption: Operation<GetBucketEncryptionRequest, GetBucketEncryptionOutput> = async (
  context,
  input,
) => ({
  ServerSideEncryptionConfiguration:
    (await readConfiguration<ServerSideEncryptionConfiguration>(context, input, 'encryption')) ?? byDefault,
})
