import type { Change } from '../change.ts'
import type { ChecksumPlan } from '../checksums/checksum-plan.ts'
import { invalidRequest } from '../errors.ts'
import type { ReceivedBody } from '../objects/receive-body.ts'
import { type PartRecord, parts, type UploadRecord, uploadNumber } from './upload-record.ts'

/** A part's checksum is of the upload's algorithm. Texts recorded. */
export function checkPartPlan(upload: UploadRecord, plan: ChecksumPlan, given: boolean): ChecksumPlan {
  const wanted = upload.checksum?.algorithm
  if (given && wanted !== undefined && plan.algorithm !== wanted)
    throw invalidRequest(
      `Checksum Type mismatch occurred, expected checksum Type: ${wanted.toLowerCase()}, actual checksum Type: ${plan.algorithm?.toLowerCase() ?? 'null'}`,
    )
  if (given)
    return wanted === undefined ? { ...plan, kept: 'CRC64NVME', ofPart: true } : { ...plan, ofPart: true }
  return { algorithm: wanted ?? 'CRC64NVME', expected: () => undefined, ofPart: true }
}

/** Keeps a part in the place of one that has its number. */
export function putPart(
  change: Change,
  bucket: string,
  upload: UploadRecord,
  number: number,
  body: ReceivedBody,
  now: number,
): PartRecord {
  const { writer } = change
  const uploaded = uploadNumber(upload.id)
  const before = parts.get(writer, bucket, uploaded, number)
  if (before !== undefined) change.free(before.pieces)
  const part: PartRecord = {
    number,
    size: body.size,
    etag: body.md5,
    modified: now,
    pieces: body.store(writer, change.sequence()),
    ...(body.checksum === undefined
      ? {}
      : { checksum: { algorithm: body.checksum.algorithm, value: body.checksum.value } }),
  }
  parts.put(writer, part, bucket, uploaded, number)
  return part
}
