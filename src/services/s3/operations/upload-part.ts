import type { UploadPartCommandInput, UploadPartCommandOutput } from '@aws-sdk/client-s3'
import type { Bytes } from '../../../stores/index.ts'
import { requireBucket } from '../buckets/bucket.ts'
import { change } from '../change.ts'
import { partChecksum } from '../checksums/algorithm.ts'
import { checksumGiven, checksumPlan } from '../checksums/checksum-plan.ts'
import { invalidRequest } from '../errors.ts'
import { checkPartPlan, putPart } from '../multipart/put-part.ts'
import { requireUpload } from '../multipart/upload-record.ts'
import { customerKey, encryptionMembers } from '../objects/encryption.ts'
import { checkKey } from '../objects/object-key.ts'
import { checkPartNumber } from '../objects/part-number.ts'
import { claiming, receiveBody } from '../objects/receive-body.ts'
import type { Operation } from '../state.ts'

type Input = Omit<UploadPartCommandInput, 'Body'> & { readonly Body?: AsyncIterable<Bytes> }

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html */
export const UploadPart: Operation<Input, Omit<UploadPartCommandOutput, '$metadata'>> = async (
  context,
  input,
) => {
  const { state, now } = context
  const key = checkKey(input.Key)
  const number = checkPartNumber(input.PartNumber)
  const upload = await state.store.read(reader =>
    requireUpload(
      reader,
      requireBucket(reader, input.Bucket, input.ExpectedBucketOwner).name,
      key,
      input.UploadId,
    ),
  )
  const { encryption } = upload.attributes
  const keyMD5 = customerKey(input)
  if ((encryption?.customerKeyMD5 === undefined) !== (keyMD5 === undefined))
    throw invalidRequest(
      'The multipart upload initiate requested encryption. Subsequent part requests must include the appropriate encryption parameters.',
    )
  if (encryption?.customerKeyMD5 !== keyMD5)
    throw invalidRequest('The provided encryption parameters did not match the ones used originally.')
  const plan = checkPartPlan(upload, checksumPlan(context), checksumGiven(context))
  const body = await receiveBody(context, input.Body, plan, input.ContentMD5)
  const part = await claiming(body, () =>
    change(context, change => {
      const { writer } = change
      const bucket = requireBucket(writer, input.Bucket)
      return putPart(
        change,
        bucket.name,
        requireUpload(writer, bucket.name, key, input.UploadId),
        number,
        body,
        now,
      )
    }),
  )
  return {
    ETag: `"${part.etag}"`,
    ...(upload.checksum === undefined && !checksumGiven(context) ? {} : partChecksum(body.verified)),
    ...encryptionMembers(encryption),
  }
}
