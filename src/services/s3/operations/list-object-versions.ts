import type {
  DeleteMarkerEntry,
  ListObjectVersionsCommandInput,
  ListObjectVersionsCommandOutput,
  ObjectVersion,
} from '@aws-sdk/client-s3'
import { elementOrder, type Ordered } from '../../../aws/index.ts'
import { ownerOf } from '../acl/canonical-id.ts'
import { requireBucket } from '../buckets/bucket.ts'
import { invalidArgument } from '../errors.ts'
import { nameWriter, pageLength } from '../listing/encoding.ts'
import { listVersions } from '../listing/list-versions.ts'
import type { ObjectRecord } from '../objects/object-record.ts'
import { restoreStatus } from '../objects/restore-status.ts'
import { checkVersionId } from '../objects/versions.ts'
import { shownTime } from '../shown-time.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html */
export const ListObjectVersions: Operation<
  ListObjectVersionsCommandInput,
  Omit<ListObjectVersionsCommandOutput, '$metadata'> & Ordered
> = ({ state }, input) => {
  const { Prefix: prefix = '', Delimiter: delimiter = '', KeyMarker: keyMarker = '', EncodingType } = input
  const { VersionIdMarker: versionMarker = '' } = input
  if (versionMarker !== '' && keyMarker === '')
    throw invalidArgument(
      'A version-id marker cannot be specified without a key marker.',
      'version-id-marker',
      versionMarker,
    )
  if (versionMarker !== '') checkVersionId(versionMarker)
  const write = nameWriter(EncodingType)
  const restored = input.OptionalObjectAttributes?.includes('RestoreStatus') ?? false
  const limit = pageLength(input.MaxKeys, 'max-keys')
  return state.store.read(reader => {
    const { name } = requireBucket(reader, input.Bucket, input.ExpectedBucketOwner)
    const query = { bucket: name, prefix, delimiter, limit, after: keyMarker === '' ? undefined : keyMarker }
    const page = listVersions(reader, query, versionMarker === '' ? undefined : versionMarker)
    // Versions and markers stand between one another as they were made: of times in whole seconds nobody could tell.
    const order = page.versions.map(({ key, record, latest }) => {
      const entry = {
        Key: write(key),
        VersionId: record.version,
        IsLatest: latest,
        LastModified: shownTime(record.modified),
        Owner: ownerOf(record.owner),
      }
      return record.marker === true
        ? (['DeleteMarkers', entry] as const)
        : (['Versions', { ...versionEntry(record, entry), ...(restored && restoreStatus(record)) }] as const)
    })
    return {
      Name: name,
      Prefix: write(prefix),
      KeyMarker: write(keyMarker),
      VersionIdMarker: versionMarker,
      MaxKeys: limit,
      ...(delimiter === '' ? {} : { Delimiter: write(delimiter) }),
      ...(EncodingType === undefined ? {} : { EncodingType }),
      IsTruncated: page.next !== undefined,
      ...(page.next === undefined
        ? {}
        : {
            NextKeyMarker: write(page.next.key),
            ...(page.next.version === undefined ? {} : { NextVersionIdMarker: page.next.version }),
          }),
      Versions: order.filter(([list]) => list === 'Versions').map(([, entry]) => entry),
      DeleteMarkers: order.filter(([list]) => list === 'DeleteMarkers').map(([, entry]) => entry),
      [elementOrder]: { lists: ['Versions', 'DeleteMarkers'], elements: order },
      CommonPrefixes: page.prefixes.map(text => ({ Prefix: write(text) })),
    }
  })
}

function versionEntry(record: ObjectRecord, entry: DeleteMarkerEntry): ObjectVersion {
  return {
    ETag: `"${record.etag}"`,
    ...(record.checksum === undefined
      ? {}
      : { ChecksumAlgorithm: [record.checksum.algorithm], ChecksumType: record.checksum.type }),
    Size: record.size,
    StorageClass: (record.storageClass ?? 'STANDARD') as 'STANDARD',
    ...entry,
  }
}
