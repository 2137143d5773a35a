import { jsonTable, type Reader } from '../../../stores/index.ts'
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

/** The upload that an operation names. */
export function requireUpload(reader: Reader, bucket: string, key: string, id = ''): UploadRecord {
  const record = uploads.get(reader, bucket, key, uploadNumber(id))
  if (record?.id !== id) throw noSuchUpload(id)
  return record
}
