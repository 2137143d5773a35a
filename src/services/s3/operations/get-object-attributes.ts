import type { GetObjectAttributesCommandInput, GetObjectAttributesCommandOutput } from '@aws-sdk/client-s3'
import { checksumMembers } from '../checksums/algorithm.ts'
import { invalidArgument } from '../errors.ts'
import { pageLength, partMarker } from '../listing/encoding.ts'
import { checkCustomerKey } from '../objects/encryption.ts'
import type { ObjectRecord } from '../objects/object-record.ts'
import { selectObject } from '../objects/select-object.ts'
import { shownVersion } from '../objects/versions.ts'
import { shownTime } from '../shown-time.ts'
import type { Operation } from '../state.ts'

const known: ReadonlySet<string> = new Set(['ETag', 'Checksum', 'ObjectParts', 'StorageClass', 'ObjectSize'])

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAttributes.html */
export const GetObjectAttributes: Operation<
  GetObjectAttributesCommandInput,
  Omit<GetObjectAttributesCommandOutput, '$metadata'>
> = ({ state }, input) => {
  const asked = new Set<string>(input.ObjectAttributes ?? [])
  if (asked.size === 0 || [...asked].some(name => !known.has(name)))
    throw invalidArgument(
      'Invalid attribute name specified.',
      'x-amz-object-attributes',
      [...asked].join(','),
    )
  return state.store.read(reader => {
    const { bucket, record } = selectObject(reader, input)
    checkCustomerKey(record, input)
    const version = shownVersion(bucket, record)
    // Without the number of parts behind it (recorded).
    const checksum = checksumMembers(
      record.checksum && { ...record.checksum, value: record.checksum.value.replace(/-\d+$/, '') },
    )
    return {
      LastModified: shownTime(record.modified),
      ...(version === undefined ? {} : { VersionId: version }),
      ...(asked.has('ETag') ? { ETag: record.etag } : {}),
      ...(asked.has('Checksum') && record.checksum !== undefined ? { Checksum: checksum } : {}),
      ...(asked.has('ObjectParts') && record.parts !== undefined
        ? { ObjectParts: partsOf(record, input) }
        : {}),
      ...(asked.has('StorageClass')
        ? { StorageClass: (record.storageClass ?? 'STANDARD') as 'STANDARD' }
        : {}),
      ...(asked.has('ObjectSize') ? { ObjectSize: record.size } : {}),
    }
  })
}

/** The parts themselves are told where the checksum is made of theirs; else their number alone (recorded). */
function partsOf({ parts = [], checksum }: ObjectRecord, input: GetObjectAttributesCommandInput) {
  if (checksum?.type !== 'COMPOSITE' || parts.some(part => part.checksum === undefined))
    return { TotalPartsCount: parts.length }
  const marker = partMarker(input.PartNumberMarker)
  const limit = pageLength(input.MaxParts, 'max-parts')
  const rest = parts.filter(({ number }) => number > marker)
  const page = rest.slice(0, limit)
  return {
    TotalPartsCount: parts.length,
    PartNumberMarker: String(marker),
    NextPartNumberMarker: String(page.at(-1)?.number ?? 0),
    MaxParts: limit,
    IsTruncated: rest.length > page.length,
    Parts: page.map(({ number, size, checksum: value = '' }) => {
      const { ChecksumType: _, ...members } = checksumMembers({ ...checksum, value })
      return { PartNumber: number, Size: size, ...members }
    }),
  }
}
