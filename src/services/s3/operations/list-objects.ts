import type { ListObjectsCommandInput, ListObjectsCommandOutput } from '@aws-sdk/client-s3'
import { requireBucket } from '../buckets/bucket.ts'
import { nameWriter, pageLength } from '../listing/encoding.ts'
import { listObjects } from '../listing/list-objects.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjects.html */
export const ListObjects: Operation<
  ListObjectsCommandInput,
  Omit<ListObjectsCommandOutput, '$metadata'> & { BucketRegion: string }
> = ({ state, principal }, input) => {
  const { Prefix: prefix = '', Delimiter: delimiter = '', Marker: marker = '', EncodingType } = input
  const write = nameWriter(EncodingType)
  const limit = pageLength(input.MaxKeys, 'max-keys')
  return state.store.read(reader => {
    const { name, region } = requireBucket(reader, input.Bucket, input.ExpectedBucketOwner)
    const after = marker === '' ? undefined : marker
    const query = { bucket: name, prefix, delimiter, after, limit }
    const { contents, prefixes, last } = listObjects(reader, query, write, {
      // Nobody is told no owners (recorded).
      owner: principal.kind !== 'anonymous',
      attributes: input.OptionalObjectAttributes,
    })
    return {
      BucketRegion: region,
      Name: name,
      Prefix: write(prefix),
      Marker: write(marker),
      MaxKeys: input.MaxKeys === undefined ? 1000 : limit,
      ...(delimiter === '' ? {} : { Delimiter: write(delimiter) }),
      ...(EncodingType === undefined ? {} : { EncodingType }),
      IsTruncated: last !== undefined,
      // Without a delimiter the last key says it; S3 gives the marker only where common prefixes may hide it.
      ...(last !== undefined && delimiter !== '' ? { NextMarker: write(last) } : {}),
      Contents: [...contents],
      CommonPrefixes: [...prefixes],
    }
  })
}
