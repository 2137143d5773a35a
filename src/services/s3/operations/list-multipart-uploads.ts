import type {
  ListMultipartUploadsCommandInput,
  ListMultipartUploadsCommandOutput,
  MultipartUpload,
} from '@aws-sdk/client-s3'
import { parseKeptText, type Reader } from '../../../stores/index.ts'
import { ownerOf } from '../acl/canonical-id.ts'
import { requireBucket } from '../buckets/bucket.ts'
import { invalidArgument } from '../errors.ts'
import { type NameWriter, nameWriter, pageLength } from '../listing/encoding.ts'
import { listKeys, type Page } from '../listing/list-keys.ts'
import { type UploadRecord, uploadNumber, uploads } from '../multipart/upload-record.ts'
import { shownTime } from '../shown-time.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html */
export const ListMultipartUploads: Operation<
  ListMultipartUploadsCommandInput,
  Omit<ListMultipartUploadsCommandOutput, '$metadata'>
> = ({ state }, input) => {
  const { Prefix: prefix = '', Delimiter: delimiter = '', KeyMarker: keyMarker = '', EncodingType } = input
  const write = nameWriter(EncodingType)
  const limit = pageLength(input.MaxUploads, 'max-uploads')
  const idMarker = keyMarker === '' ? '' : (input.UploadIdMarker ?? '')
  return state.store.read(reader => {
    const { name: bucket } = requireBucket(reader, input.Bucket, input.ExpectedBucketOwner)
    const after = keyMarker === '' ? undefined : keyMarker
    if (idMarker !== '' && !mayMark(reader, bucket, keyMarker, idMarker))
      throw invalidArgument('Invalid uploadId marker', 'upload-id-marker', idMarker)
    const above = idMarker === '' ? undefined : ([keyMarker, uploadNumber(idMarker)] as const)
    const page = listKeys(reader, uploads.name, { bucket, prefix, delimiter, after, above, limit }, text =>
      parseKeptText<UploadRecord>(text),
    )
    const found: MultipartUpload[] = []
    const prefixes: { Prefix: string }[] = []
    for (const line of page.lines) {
      if ('prefix' in line) prefixes.push({ Prefix: write(line.prefix) })
      else found.push(shown(write(line.key), line.value))
    }
    return {
      Bucket: bucket,
      KeyMarker: write(keyMarker),
      UploadIdMarker: idMarker,
      ...(prefix === '' ? {} : { Prefix: write(prefix) }),
      ...(delimiter === '' ? {} : { Delimiter: write(delimiter) }),
      ...nextMarkers(page, write),
      MaxUploads: limit,
      ...(EncodingType === undefined ? {} : { EncodingType }),
      IsTruncated: page.last !== undefined,
      Uploads: found,
      CommonPrefixes: prefixes,
    }
  })
}

/** Where the next page begins: told on the last page too, and not on one of nothing but common prefixes (recorded). */
function nextMarkers({ lines }: Page<UploadRecord>, write: NameWriter) {
  const last = lines.at(-1)
  if (last === undefined || lines.every(line => 'prefix' in line))
    return { NextKeyMarker: '', NextUploadIdMarker: '' }
  return 'prefix' in last
    ? { NextKeyMarker: write(last.prefix), NextUploadIdMarker: '' }
    : { NextKeyMarker: write(last.key), NextUploadIdMarker: last.value.id }
}

/** An upload may have ended since its page was read, but a marker of another key's is wrong (recorded). */
function mayMark(reader: Reader, bucket: string, key: string, id: string): boolean {
  const number = uploadNumber(id)
  if (number < 0) return false
  if (uploads.get(reader, bucket, key, number) !== undefined) return true
  for (const [, upload] of uploads.under(reader, bucket)) if (upload.id === id) return false
  return true
}

function shown(key: string, upload: UploadRecord): MultipartUpload {
  const { id, initiated, initiator, initiatorArn, attributes, checksum } = upload
  const owner = ownerOf(initiator)
  return {
    UploadId: id,
    Key: key,
    Initiated: shownTime(initiated),
    StorageClass: (attributes.storageClass ?? 'STANDARD') as 'STANDARD',
    Owner: ownerOf(attributes.owner),
    Initiator: {
      ID: initiatorArn.endsWith(':root') ? owner.ID : initiatorArn,
      DisplayName: owner.DisplayName,
    },
    ...(checksum === undefined ? {} : { ChecksumAlgorithm: checksum.algorithm, ChecksumType: checksum.type }),
  }
}
