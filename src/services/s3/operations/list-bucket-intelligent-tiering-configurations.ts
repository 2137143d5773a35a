import type {
  IntelligentTieringConfiguration,
  ListBucketIntelligentTieringConfigurationsOutput,
  ListBucketIntelligentTieringConfigurationsRequest,
} from '@aws-sdk/client-s3'
import { listIdentified } from '../buckets/identified-configuration.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBucketIntelligentTieringConfigurations.html */
export const ListBucketIntelligentTieringConfigurations: Operation<
  ListBucketIntelligentTieringConfigurationsRequest,
  ListBucketIntelligentTieringConfigurationsOutput
> = async (context, input) => {
  const { values, ...page } = await listIdentified<IntelligentTieringConfiguration>(
    context,
    input,
    'intelligent-tiering',
  )
  return { IntelligentTieringConfigurationList: values, ...page }
}
