import type { PutBucketTaggingRequest } from '@aws-sdk/client-s3'
import { required, writeConfiguration } from '../buckets/configure.ts'
import type { Operation } from '../state.ts'
import { tagSet, tagsOf } from '../tags.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketTagging.html */
export const PutBucketTagging: Operation<PutBucketTaggingRequest, object> = async (context, input) => {
  const tags = tagsOf(required(input.Tagging).TagSet, 50, 'bucket')
  await writeConfiguration(context, input, 'tagging', () => (tags.length === 0 ? undefined : tagSet(tags)))
  return {}
}
