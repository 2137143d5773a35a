import type {
  CompleteMultipartUploadCommandInput,
  CompleteMultipartUploadCommandOutput,
} from '@aws-sdk/client-s3'
import { AwsError } from '../../../aws/index.ts'
import type { Reader } from '../../../stores/index.ts'
import { requireBucket } from '../buckets/bucket.ts'
import type { BucketRecord } from '../buckets/bucket-record.ts'
import { type Change, change } from '../change.ts'
import { type ChecksumMember, checksumAlgorithms, checksumMembers } from '../checksums/algorithm.ts'
import { invalidRequest, noSuchUpload } from '../errors.ts'
import { expirationOf } from '../lifecycle/expiration-of.ts'
import { type Assembly, assemble } from '../multipart/assemble.ts'
import { parts, type UploadRecord, uploadNumber, uploads } from '../multipart/upload-record.ts'
import { checkWrite } from '../objects/conditions.ts'
import { encryptionMembers } from '../objects/encryption.ts'
import { checkKey } from '../objects/object-key.ts'
import { type ObjectRecord, olderVersions } from '../objects/object-record.ts'
import { newest, newVersionId, putNewest, shownVersion } from '../objects/versions.ts'
import type { Operation, S3Context } from '../state.ts'
import { checkPutConditions } from './put-object.ts'

type Input = CompleteMultipartUploadCommandInput
type Output = Omit<CompleteMultipartUploadCommandOutput, '$metadata'>

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html */
export const CompleteMultipartUpload: Operation<Input, Output> = async (context, input) => {
  const key = checkKey(input.Key)
  checkPutConditions(input)
  const listed = input.MultipartUpload?.Parts ?? []
  return await change(context, change => {
    const { writer } = change
    const bucket = requireBucket(writer, input.Bucket, input.ExpectedBucketOwner)
    const id = input.UploadId ?? ''
    const upload = uploads.get(writer, bucket.name, key, uploadNumber(id))
    if (upload?.id !== id) {
      // A client that did not hear the answer asks again, and is answered alike.
      const done = completed(writer, bucket.name, key, id)
      if (done === undefined) throw noSuchUpload(id)
      return answer(context, bucket, key, done)
    }
    if (listed.length === 0) throw invalidRequest('You must specify at least one part')
    checkChecksumType(upload, input)
    const assembly = assemble(writer, bucket.name, upload, listed)
    checkWhole(assembly, upload.checksum, input)
    checkWrite(newest(writer, bucket.name, key), key, input, upload)
    const record = complete(context, change, bucket, key, upload, assembly)
    return {
      ...answer(context, bucket, key, record),
      ...expirationOf(change.writer, bucket.name, key, record),
    }
  })
}

function complete(
  context: S3Context,
  change: Change,
  bucket: BucketRecord,
  key: string,
  upload: UploadRecord,
  { chosen, size, etag, checksum }: Assembly,
): ObjectRecord {
  const { writer } = change
  const number = uploadNumber(upload.id)
  const used = new Set(chosen.map(part => part.number))
  for (const [partKey, part] of Array.from(parts.under(writer, bucket.name, number))) {
    parts.remove(writer, ...partKey)
    if (!used.has(part.number)) change.free(part.pieces)
  }
  uploads.remove(writer, bucket.name, key, number)
  const seq = change.sequence()
  const record: ObjectRecord = {
    ...upload.attributes,
    version: newVersionId(bucket, context.state.ids, seq),
    seq,
    // S3 dates an object by when its upload began; lists and conditions here want when it came to be.
    modified: context.now,
    size,
    etag,
    pieces: chosen.flatMap(part => part.pieces),
    parts: chosen.map(part => ({
      number: part.number,
      size: part.size,
      ...(upload.checksum === undefined || part.checksum === undefined
        ? {}
        : { checksum: part.checksum.value }),
    })),
    upload: upload.id,
    checksum,
  }
  putNewest(change, bucket, key, record)
  change.tell(bucket, 'ObjectCreated:CompleteMultipartUpload', {
    key,
    size,
    eTag: etag,
    seq,
    reason: 'CompleteMultipartUpload',
    ...(bucket.versioning === 'Enabled' ? { versionId: record.version } : {}),
  })
  return record
}

function completed(reader: Reader, bucket: string, key: string, id: string): ObjectRecord | undefined {
  const top = newest(reader, bucket, key)
  if (top === undefined || top.upload === id) return top?.upload === id ? top : undefined
  for (const record of olderVersions(reader, bucket, key)) if (record.upload === id) return record
  return undefined
}

function answer({ http }: S3Context, bucket: BucketRecord, key: string, record: ObjectRecord): Output {
  const version = shownVersion(bucket, record)
  return {
    Location: `http://${http.host}/${bucket.name}/${encodeURIComponent(key)}`,
    Bucket: bucket.name,
    Key: key,
    ETag: `"${record.etag}"`,
    ...checksumMembers(record.checksum),
    ...(version === undefined || version === 'null' ? {} : { VersionId: version }),
    ...encryptionMembers(record.encryption),
  }
}

function checkChecksumType(upload: UploadRecord, { ChecksumType: given }: Input): void {
  // An upload that was begun without a checksum has no mode either (recorded).
  if (given === undefined || given === upload.checksum?.type) return
  throw invalidRequest(
    `The upload was created using the ${upload.checksum?.type ?? 'null'} checksum mode. The complete request must use the same checksum mode.`,
  )
}

/** What the request says of the whole object has to be so. Texts recorded. */
function checkWhole({ size, checksum }: Assembly, created: UploadRecord['checksum'], input: Input): void {
  if (input.MpuObjectSize !== undefined && input.MpuObjectSize !== size)
    throw invalidRequest(
      `The provided 'x-amz-mp-object-size' header value ${input.MpuObjectSize} does not match what was computed: ${size}`,
    )
  for (const algorithm of checksumAlgorithms) {
    const given = input[`Checksum${algorithm}` as ChecksumMember]
    if (given === undefined) continue
    // An upload that was begun without an algorithm has no checksum of its parts that could be compared (recorded).
    if (created === undefined && /-\d+$/.test(given)) continue
    if (checksum === undefined || (created === undefined && checksum.algorithm !== algorithm))
      throw invalidRequest(
        `Checksum Type mismatch occurred, expected checksum Type: ${checksum?.algorithm.toLowerCase() ?? 'null'}, actual checksum Type: ${algorithm.toLowerCase()}`,
      )
    // What is not said to be of the whole object is of its parts, but for the one algorithm that cannot (recorded).
    const type = input.ChecksumType ?? (algorithm === 'CRC64NVME' ? 'FULL_OBJECT' : 'COMPOSITE')
    const value = type === 'COMPOSITE' ? given.replace(/-\d+$/, '') : given
    const wanted = checksum.value.replace(/-\d+$/, '')
    if (checksum.algorithm !== algorithm || checksum.type !== type || value !== wanted)
      throw new AwsError(
        'BadDigest',
        `The ${checksum.algorithm.toLowerCase()} you specified did not match the calculated checksum.`,
        { statusCode: 400 },
      )
  }
}
