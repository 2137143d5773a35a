import type { PutBucketWebsiteRequest } from '@aws-sdk/client-s3'
import { required, writeConfiguration } from '../buckets/configure.ts'
import type { Operation } from '../state.ts'
import { checkWebsite } from '../website/check-website.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketWebsite.html */
export const PutBucketWebsite: Operation<PutBucketWebsiteRequest, object> = async (context, input) => {
  const website = required(input.WebsiteConfiguration)
  checkWebsite(website)
  await writeConfiguration(context, input, 'website', () => website)
  return {}
}
