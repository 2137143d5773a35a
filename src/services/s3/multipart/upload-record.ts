import { jsonTable, type Reader, type Writer } from '../../../stores/index.ts'
import type { ChecksumAlgorithm, ChecksumType } from '../checksums/algorithm.ts'
import { noSuchUpload } from '../errors.ts'
import type { Attributes } from '../objects/attributes.ts'
import type { Piece } from '../objects/object-record.ts'
import { sequenceOf } from '../objects/version-id.ts'

/** An upload in parts that has begun. */
export interface UploadRecord {
  readonly id: string
  readonly initiated: number
  /** The account that began it, and its ARN. */
  readonly initiator: string
  readonly initiatorArn: string
  readonly attributes: Attributes
  /** The object of its key was deleted while it went on. */
  readonly disturbed?: true | undefined
  /** Absent: none was asked for, and S3 makes one of its own. */
  readonly checksum?: { readonly algorithm: ChecksumAlgorithm; readonly type: ChecksumType } | undefined
}

/** A part that has arrived. */
export interface PartRecord {
  readonly number: number
  readonly size: number
  /** Without quotes. */
  readonly etag: string
  readonly modified: number
  readonly pieces: readonly Piece[]
  readonly checksum?: { readonly algorithm: ChecksumAlgorithm; readonly value: string } | undefined
}

/** Key: bucket, object key, number of the upload. */
export const uploads = jsonTable<UploadRecord>('s3/upload')
/** Key: bucket, number of the upload, number of the part. */
export const parts = jsonTable<PartRecord>('s3/part')

/** The number in an upload's id. */
export function uploadNumber(id: string): number {
  return sequenceOf(id) ?? -1
}

/** Tells uploads of a key that its object was deleted: no condition about it can be kept any more. */
export function disturb(writer: Writer, bucket: string, key: string): void {
  for (const [place, upload] of Array.from(uploads.under(writer, bucket, key)))
    if (!upload.disturbed) uploads.put(writer, { ...upload, disturbed: true }, ...place)
}

/** The upload that an operation names. */
export function requireUpload(reader: Reader, bucket: string, key: string, id = ''): UploadRecord {
  const record = uploads.get(reader, bucket, key, uploadNumber(id))
  if (record?.id !== id) throw noSuchUpload(id)
  return record
}
