import type {
  GetPublicAccessBlockOutput,
  GetPublicAccessBlockRequest,
  PublicAccessBlockConfiguration,
} from '@aws-sdk/client-s3'
import { requireConfiguration } from '../buckets/configure.ts'
import type { Operation } from '../state.ts'

const absent = [
  'NoSuchPublicAccessBlockConfiguration',
  'The public access block configuration was not found',
] as const

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetPublicAccessBlock.html */
export const GetPublicAccessBlock: Operation<
  GetPublicAccessBlockRequest,
  GetPublicAccessBlockOutput
> = async (context, input) => ({
  PublicAccessBlockConfiguration: await requireConfiguration<PublicAccessBlockConfiguration>(
    context,
    input,
    'publicAccessBlock',
    absent,
  ),
})
