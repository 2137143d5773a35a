import type { DeleteBucketCommandInput } from '@aws-sdk/client-s3'
import { requireBucket } from '../buckets/bucket.ts'
import { buckets } from '../buckets/bucket-record.ts'
import { forgetConfigurations } from '../buckets/configuration.ts'
import { change } from '../change.ts'
import { bucketNotEmpty } from '../errors.ts'
import { parts, uploads } from '../multipart/upload-record.ts'
import { current } from '../objects/object-record.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html */
export const DeleteBucket: Operation<DeleteBucketCommandInput, undefined> = async (context, input) => {
  await change(context, change => {
    const { writer } = change
    const { name, versioning } = requireBucket(writer, input.Bucket, input.ExpectedBucketOwner)
    for (const _ of current.under(writer, name)) throw bucketNotEmpty(name, versioning !== undefined)
    for (const [key] of Array.from(uploads.under(writer, name))) uploads.remove(writer, ...key)
    for (const [key, part] of Array.from(parts.under(writer, name))) {
      parts.remove(writer, ...key)
      change.free(part.pieces)
    }
    forgetConfigurations(writer, name)
    buckets.remove(writer, name)
  })
  return undefined
}
