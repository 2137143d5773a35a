import type { ListPartsCommandInput, ListPartsCommandOutput, Part } from '@aws-sdk/client-s3'
import { ownerOf } from '../acl/canonical-id.ts'
import { requireBucket } from '../buckets/bucket.ts'
import { partChecksum } from '../checksums/algorithm.ts'
import { pageLength, partMarker } from '../listing/encoding.ts'
import { parts, requireUpload, uploadNumber } from '../multipart/upload-record.ts'
import { checkKey } from '../objects/object-key.ts'
import { shownTime } from '../shown-time.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html */
export const ListParts: Operation<ListPartsCommandInput, Omit<ListPartsCommandOutput, '$metadata'>> = (
  { state },
  input,
) => {
  const key = checkKey(input.Key)
  const limit = pageLength(input.MaxParts, 'max-parts')
  const marker = partMarker(input.PartNumberMarker)
  return state.store.read(reader => {
    const bucket = requireBucket(reader, input.Bucket, input.ExpectedBucketOwner)
    const upload = requireUpload(reader, bucket.name, key, input.UploadId)
    const number = uploadNumber(upload.id)
    const found: Part[] = []
    let truncated = false
    for (const [, part] of parts.underAfter(reader, [bucket.name, number], [bucket.name, number, marker])) {
      truncated = found.length === limit
      if (truncated) break
      found.push({
        PartNumber: part.number,
        LastModified: shownTime(part.modified),
        ETag: `"${part.etag}"`,
        Size: part.size,
        ...(upload.checksum === undefined ? {} : partChecksum(part.checksum)),
      })
    }
    return {
      Bucket: bucket.name,
      Key: key,
      UploadId: upload.id,
      PartNumberMarker: String(marker),
      NextPartNumberMarker: String(found.at(-1)?.PartNumber ?? 0),
      MaxParts: limit,
      IsTruncated: truncated,
      Parts: found,
      Initiator: {
        ID: upload.initiatorArn.endsWith(':root') ? ownerOf(upload.initiator).ID : upload.initiatorArn,
        DisplayName: ownerOf(upload.initiator).DisplayName,
      },
      Owner: ownerOf(upload.attributes.owner),
      StorageClass: (upload.attributes.storageClass ?? 'STANDARD') as 'STANDARD',
      ...(upload.checksum === undefined
        ? {}
        : { ChecksumAlgorithm: upload.checksum.algorithm, ChecksumType: upload.checksum.type }),
    }
  })
}
