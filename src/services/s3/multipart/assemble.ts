import { createHash } from 'node:crypto'
import type { CompletedPart } from '@aws-sdk/client-s3'
import { AwsError } from '../../../aws/index.ts'
import type { Reader } from '../../../stores/index.ts'
import {
  type ChecksumMember,
  checksumAlgorithms,
  combinedChecksum,
  compositeChecksum,
  type StoredChecksum,
} from '../checksums/algorithm.ts'
import { entityTooSmall, invalidPart, invalidPartOrder, invalidRequest, malformedXml } from '../errors.ts'
import { type PartRecord, parts, type UploadRecord, uploadNumber } from './upload-record.ts'

const smallest = 5 * 1024 * 1024

/** What an upload's parts come to. */
export interface Assembly {
  readonly chosen: readonly PartRecord[]
  readonly size: number
  readonly etag: string
  readonly checksum: StoredChecksum | undefined
}

/** Checks the list of parts that completes an upload, in the order in which S3 complains. */
export function assemble(
  reader: Reader,
  bucket: string,
  upload: UploadRecord,
  listed: readonly CompletedPart[],
): Assembly {
  if (
    listed.length === 0 ||
    listed.some(({ PartNumber, ETag }) => PartNumber === undefined || ETag === undefined)
  )
    throw malformedXml()
  for (let index = 1; index < listed.length; index++)
    if ((listed[index]?.PartNumber ?? 0) < (listed[index - 1]?.PartNumber ?? 0))
      throw invalidPartOrder(upload.id)
  // Of a part that is named twice the last one counts (assumed: clients that send a part again list it so).
  const last = listed.filter(({ PartNumber }, index) => PartNumber !== listed[index + 1]?.PartNumber)
  const chosen = last.map(entry => choose(reader, bucket, upload, entry))
  chosen.forEach((part, index) => {
    if (part.size < smallest && index < chosen.length - 1)
      throw entityTooSmall(part.number, part.etag, part.size)
  })
  const hash = createHash('md5')
  for (const { etag } of chosen) hash.update(Buffer.from(etag, 'hex'))
  return {
    chosen,
    size: chosen.reduce((sum, { size }) => sum + size, 0),
    etag: `${hash.digest('hex')}-${chosen.length}`,
    checksum: checksumOf(upload, chosen),
  }
}

function choose(reader: Reader, bucket: string, upload: UploadRecord, entry: CompletedPart): PartRecord {
  const { PartNumber: number, ETag: tag } = entry
  if (number === undefined || tag === undefined) throw malformedXml()
  const part = parts.get(reader, bucket, uploadNumber(upload.id), number)
  const etag = tag.replace(/^"(.*)"$/, '$1')
  if (part === undefined || part.etag !== etag) throw invalidPart(upload.id, number, etag)
  const given = checksumAlgorithms.find(
    algorithm => entry[`Checksum${algorithm}` as ChecksumMember] !== undefined,
  )
  const wanted = upload.checksum
  if (given === undefined) {
    if (wanted?.type === 'COMPOSITE')
      throw invalidRequest(
        `The upload was created using a ${wanted.algorithm.toLowerCase()} checksum. The complete request must include the checksum for each part. It was missing for part ${number} in the request.`,
      )
    return part
  }
  const value = entry[`Checksum${given}` as ChecksumMember]
  // Parts of an upload without an algorithm have no checksum that could be named, but for S3's own (recorded).
  if (wanted === undefined && given !== 'CRC64NVME') throw invalidPart(upload.id, number, etag)
  if (wanted !== undefined && given !== wanted.algorithm)
    throw new AwsError(
      'BadDigest',
      `The ${given.toLowerCase()} you specified for part ${number} did not match what we received.`,
      { statusCode: 400 },
    )
  if (part.checksum?.algorithm === given && part.checksum.value !== value)
    throw invalidPart(upload.id, number, etag)
  return part
}

function checksumOf(upload: UploadRecord, chosen: readonly PartRecord[]): StoredChecksum | undefined {
  // With a customer's key S3 makes no checksum unasked (recorded).
  if (upload.checksum === undefined && upload.attributes.encryption?.customerKeyMD5 !== undefined)
    return undefined
  const { algorithm, type } = upload.checksum ?? { algorithm: 'CRC64NVME', type: 'FULL_OBJECT' }
  const values = chosen.map(({ checksum, size }) => ({ value: checksum?.value ?? '', size }))
  if (chosen.some(({ checksum }) => checksum?.algorithm !== algorithm)) return undefined
  if (type === 'COMPOSITE' || algorithm === 'SHA1' || algorithm === 'SHA256')
    return {
      algorithm,
      type: 'COMPOSITE',
      value: compositeChecksum(
        algorithm,
        values.map(({ value }) => value),
      ),
    }
  return { algorithm, type, value: combinedChecksum(algorithm, values) }
}
