import type { DeleteBucketWebsiteRequest } from '@aws-sdk/client-s3'
import { deleteConfiguration } from '../buckets/configure.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketWebsite.html */
export const DeleteBucketWebsite: Operation<DeleteBucketWebsiteRequest, object> = (context, input) =>
  deleteConfiguration(context, input, 'website')
