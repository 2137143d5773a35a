import type { DeleteBucketIntelligentTieringConfigurationRequest } from '@aws-sdk/client-s3'
import { deleteIdentified } from '../buckets/identified-configuration.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketIntelligentTieringConfiguration.html */
export const DeleteBucketIntelligentTieringConfiguration: Operation<
  DeleteBucketIntelligentTieringConfigurationRequest,
  object
> = (context, input) => deleteIdentified(context, input, 'intelligent-tiering')
