import type {
  GetBucketIntelligentTieringConfigurationOutput,
  GetBucketIntelligentTieringConfigurationRequest,
  IntelligentTieringConfiguration,
} from '@aws-sdk/client-s3'
import { requireIdentified } from '../buckets/identified-configuration.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketIntelligentTieringConfiguration.html */
export const GetBucketIntelligentTieringConfiguration: Operation<
  GetBucketIntelligentTieringConfigurationRequest,
  GetBucketIntelligentTieringConfigurationOutput
> = async (context, input) => ({
  IntelligentTieringConfiguration: await requireIdentified<IntelligentTieringConfiguration>(
    context,
    input,
    'intelligent-tiering',
  ),
})
