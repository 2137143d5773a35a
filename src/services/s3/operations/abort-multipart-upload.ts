import type { AbortMultipartUploadCommandInput } from '@aws-sdk/client-s3'
import { requireBucket } from '../buckets/bucket.ts'
import { change } from '../change.ts'
import { parts, requireUpload, uploadNumber, uploads } from '../multipart/upload-record.ts'
import { checkKey } from '../objects/object-key.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html */
export const AbortMultipartUpload: Operation<AbortMultipartUploadCommandInput, undefined> = async (
  context,
  input,
) => {
  const key = checkKey(input.Key)
  await change(context, change => {
    const { writer } = change
    const bucket = requireBucket(writer, input.Bucket, input.ExpectedBucketOwner)
    const number = uploadNumber(requireUpload(writer, bucket.name, key, input.UploadId).id)
    uploads.remove(writer, bucket.name, key, number)
    for (const [partKey, part] of Array.from(parts.under(writer, bucket.name, number))) {
      parts.remove(writer, ...partKey)
      change.free(part.pieces)
    }
  })
  return undefined
}
