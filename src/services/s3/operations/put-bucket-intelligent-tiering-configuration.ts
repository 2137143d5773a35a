import type { PutBucketIntelligentTieringConfigurationRequest } from '@aws-sdk/client-s3'
import { putIdentified } from '../buckets/identified-configuration.ts'
import type { Operation } from '../state.ts'

/** Kept and given back; no report is made of it. https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketIntelligentTieringConfiguration.html */
export const PutBucketIntelligentTieringConfiguration: Operation<
  PutBucketIntelligentTieringConfigurationRequest,
  object
> = (context, input) =>
  putIdentified(context, input, 'intelligent-tiering', input.IntelligentTieringConfiguration)
