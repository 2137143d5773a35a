import { Readable } from 'node:stream'
import type { UploadPartCopyCommandInput, UploadPartCopyCommandOutput } from '@aws-sdk/client-s3'
import { requireBucket } from '../buckets/bucket.ts'
import { change } from '../change.ts'
import { partChecksum } from '../checksums/algorithm.ts'
import { invalidArgument, invalidRequest } from '../errors.ts'
import { putPart } from '../multipart/put-part.ts'
import { requireUpload } from '../multipart/upload-record.ts'
import { parseCopySource, selectSource } from '../objects/copy-source.ts'
import { encryptionMembers } from '../objects/encryption.ts'
import { checkKey } from '../objects/object-key.ts'
import { openBody, planBody } from '../objects/open-body.ts'
import { checkPartNumber } from '../objects/part-number.ts'
import type { ByteSpan } from '../objects/ranges.ts'
import { claiming, keepVerified } from '../objects/receive-body.ts'
import { shownVersion } from '../objects/versions.ts'
import { shownTime } from '../shown-time.ts'
import { after, type Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPartCopy.html */
export const UploadPartCopy: Operation<
  UploadPartCopyCommandInput,
  Omit<UploadPartCopyCommandOutput, '$metadata'>
> = async (context, input) => {
  const { state, now } = context
  const key = checkKey(input.Key)
  const number = checkPartNumber(input.PartNumber)
  const source = parseCopySource(input.CopySource)
  const opened = await after(
    state.store.read(reader => {
      const bucket = requireBucket(reader, input.Bucket, input.ExpectedBucketOwner)
      const upload = requireUpload(reader, bucket.name, key, input.UploadId)
      const from = selectSource(reader, source, input, context.now)
      const plan = planBody(reader, from.record, sourceSpan(input.CopySourceRange, from.record.size))
      return { upload, version: shownVersion(from.bucket, from.record), plan }
    }),
    async found => ({ ...found, body: await openBody(state, found.plan) }),
  )
  const bytes = opened.body instanceof Uint8Array ? Readable.from([opened.body]) : opened.body
  const algorithm = opened.upload.checksum?.algorithm ?? 'CRC64NVME'
  const body = await keepVerified(context, bytes, { algorithm, expected: () => undefined }, { isOwned: true })
  const part = await claiming(body, () =>
    change(context, change => {
      const { name } = requireBucket(change.writer, input.Bucket)
      return putPart(change, name, requireUpload(change.writer, name, key, input.UploadId), number, body, now)
    }),
  )
  return {
    CopyPartResult: {
      ETag: `"${part.etag}"`,
      LastModified: shownTime(part.modified),
      ...(opened.upload.checksum === undefined ? {} : partChecksum(part.checksum)),
    },
    ...(opened.version === undefined ? {} : { CopySourceVersionId: opened.version }),
    ...encryptionMembers(opened.upload.attributes.encryption),
  }
}

/** `bytes=first-last`, both there and inside the source. Texts recorded. */
function sourceSpan(header: string | undefined, size: number): ByteSpan {
  if (header === undefined) return { from: 0, to: size }
  const match = /^bytes=(\d+)-(\d+)$/.exec(header)
  if (match === null || Number(match[1]) > Number(match[2]))
    throw invalidArgument(
      'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy',
      'x-amz-copy-source-range',
      header,
    )
  const from = Number(match[1])
  const last = Number(match[2])
  if (from >= size) throw invalidRequest('The specified copy range is invalid for the source object size')
  if (last >= size)
    throw invalidArgument(
      `Range specified is not valid for source object of size: ${size}`,
      'x-amz-copy-source-range',
      header,
    )
  return { from, to: last + 1 }
}
