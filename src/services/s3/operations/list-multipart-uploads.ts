import type {
  ListMultipartUploadsCommandInput,
  ListMultipartUploadsCommandOutput,
  MultipartUpload,
} from '@aws-sdk/client-s3'
import { parseKept } from '../../../stores/index.ts'
import { ownerOf } from '../acl/canonical-id.ts'
import { requireBucket } from '../buckets/bucket.ts'
import { invalidArgument } from '../errors.ts'
import { nameWriter, pageLength } from '../listing/encoding.ts'
import { listKeys } from '../listing/list-keys.ts'
import { type UploadRecord, uploadNumber, uploads } from '../multipart/upload-record.ts'
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
  if (idMarker !== '' && uploadNumber(idMarker) < 0)
    throw invalidArgument('Invalid uploadId marker', 'upload-id-marker', idMarker)
  return state.store.read(reader => {
    const { name: bucket } = requireBucket(reader, input.Bucket, input.ExpectedBucketOwner)
    const after = keyMarker === '' ? undefined : keyMarker
    const above = idMarker === '' ? undefined : ([keyMarker, uploadNumber(idMarker)] as const)
    const page = listKeys(reader, uploads.name, { bucket, prefix, delimiter, after, above, limit }, bytes =>
      parseKept<UploadRecord>(bytes),
    )
    const found: MultipartUpload[] = []
    const prefixes: { Prefix: string }[] = []
    for (const line of page.lines) {
      if ('prefix' in line) prefixes.push({ Prefix: write(line.prefix) })
      else found.push(shown(write(line.key), line.value))
    }
    const lastLine = page.lines.at(-1)
    return {
      Bucket: bucket,
      KeyMarker: write(keyMarker),
      UploadIdMarker: idMarker,
      ...(prefix === '' ? {} : { Prefix: write(prefix) }),
      ...(delimiter === '' ? {} : { Delimiter: write(delimiter) }),
      ...(page.last === undefined
        ? {}
        : {
            NextKeyMarker: write(page.last),
            NextUploadIdMarker: lastLine !== undefined && 'value' in lastLine ? lastLine.value.id : '',
          }),
      MaxUploads: limit,
      ...(EncodingType === undefined ? {} : { EncodingType }),
      IsTruncated: page.last !== undefined,
      Uploads: found,
      CommonPrefixes: prefixes,
    }
  })
}

function shown(key: string, upload: UploadRecord): MultipartUpload {
  const { id, initiated, initiator, initiatorArn, attributes, checksum } = upload
  const owner = ownerOf(initiator)
  return {
    UploadId: id,
    Key: key,
    Initiated: new Date(initiated),
    StorageClass: (attributes.storageClass ?? 'STANDARD') as 'STANDARD',
    Owner: ownerOf(attributes.owner),
    Initiator: {
      ID: initiatorArn.endsWith(':root') ? owner.ID : initiatorArn,
      DisplayName: owner.DisplayName,
    },
    ...(checksum === undefined ? {} : { ChecksumAlgorithm: checksum.algorithm, ChecksumType: checksum.type }),
  }
}
