import type {
  CreateMultipartUploadCommandInput,
  CreateMultipartUploadCommandOutput,
} from '@aws-sdk/client-s3'
import { requireBucket } from '../buckets/bucket.ts'
import { change } from '../change.ts'
import type { ChecksumAlgorithm, ChecksumType } from '../checksums/algorithm.ts'
import { algorithmNamed, unsupportedAlgorithm } from '../checksums/checksum-plan.ts'
import { invalidRequest } from '../errors.ts'
import { type UploadRecord, uploads } from '../multipart/upload-record.ts'
import { newAttributes } from '../objects/attributes.ts'
import { encryptionMembers } from '../objects/encryption.ts'
import { checkKey } from '../objects/object-key.ts'
import { sequencedId } from '../objects/version-id.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html */
export const CreateMultipartUpload: Operation<
  CreateMultipartUploadCommandInput,
  Omit<CreateMultipartUploadCommandOutput, '$metadata'>
> = async (context, input) => {
  const key = checkKey(input.Key)
  const checksum = uploadChecksum(input.ChecksumAlgorithm, input.ChecksumType)
  const { principal, now, state } = context
  return await change(context, change => {
    const { writer } = change
    const bucket = requireBucket(writer, input.Bucket, input.ExpectedBucketOwner)
    const seq = change.sequence()
    const record: UploadRecord = {
      id: sequencedId(state.ids, seq),
      initiated: now,
      initiator: principal.kind === 'anonymous' ? bucket.account : principal.account,
      initiatorArn: principal.arn,
      attributes: newAttributes(context, writer, bucket, input),
      ...(checksum === undefined ? {} : { checksum }),
    }
    uploads.put(writer, record, bucket.name, key, seq)
    return {
      Bucket: bucket.name,
      Key: key,
      UploadId: record.id,
      ...(checksum === undefined
        ? {}
        : { ChecksumAlgorithm: checksum.algorithm, ChecksumType: checksum.type }),
      ...encryptionMembers(record.attributes.encryption),
    }
  })
}

/** Which algorithms may be of the whole object and which only of the parts' checksums: texts recorded. */
function uploadChecksum(
  name: string | undefined,
  type: string | undefined,
): { algorithm: ChecksumAlgorithm; type: ChecksumType } | undefined {
  if (name === undefined) {
    if (type !== undefined)
      throw invalidRequest(
        'The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.',
      )
    return undefined
  }
  const algorithm = algorithmNamed(name)
  if (algorithm === undefined) throw unsupportedAlgorithm()
  if (type !== undefined && type !== 'COMPOSITE' && type !== 'FULL_OBJECT')
    throw invalidRequest('Value for x-amz-checksum-type header is invalid.')
  const wrong = (what: string) =>
    invalidRequest(
      `The ${what} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`,
    )
  if (algorithm === 'CRC64NVME' && type === 'COMPOSITE') throw wrong('COMPOSITE')
  if (algorithm.startsWith('SHA') && type === 'FULL_OBJECT') throw wrong('FULL_OBJECT')
  return { algorithm, type: type ?? (algorithm === 'CRC64NVME' ? 'FULL_OBJECT' : 'COMPOSITE') }
}
