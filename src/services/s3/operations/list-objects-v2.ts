import type { ListObjectsV2CommandInput, ListObjectsV2CommandOutput } from '@aws-sdk/client-s3'
import { requireBucket } from '../buckets/bucket.ts'
import { invalidArgument } from '../errors.ts'
import { nameWriter, pageLength } from '../listing/encoding.ts'
import { listObjects } from '../listing/list-objects.ts'
import { readToken, writeToken } from '../listing/page-token.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
export const ListObjectsV2: Operation<
  ListObjectsV2CommandInput,
  Omit<ListObjectsV2CommandOutput, '$metadata'> & { BucketRegion: string }
> = ({ state, principal }, input) => {
  const { Prefix: prefix = '', Delimiter: delimiter = '', ContinuationToken: token, EncodingType } = input
  const start = input.StartAfter === '' ? undefined : input.StartAfter
  if (token === '')
    throw invalidArgument('The continuation token provided is incorrect', 'continuation-token')
  const write = nameWriter(EncodingType)
  const limit = pageLength(input.MaxKeys, 'max-keys')
  const after = token === undefined ? start : readToken(token)
  return state.store.read(reader => {
    const { name, region } = requireBucket(reader, input.Bucket, input.ExpectedBucketOwner)
    const query = { bucket: name, prefix, delimiter, after, limit }
    const { contents, prefixes, last } = listObjects(reader, query, write, {
      owner: input.FetchOwner === true && principal.kind !== 'anonymous',
      attributes: input.OptionalObjectAttributes,
    })
    return {
      BucketRegion: region,
      Name: name,
      Prefix: write(prefix),
      ...(delimiter === '' ? {} : { Delimiter: write(delimiter) }),
      MaxKeys: input.MaxKeys === undefined ? 1000 : limit,
      ...(EncodingType === undefined ? {} : { EncodingType }),
      KeyCount: contents.length + prefixes.length,
      IsTruncated: last !== undefined,
      ...(token === undefined ? {} : { ContinuationToken: token }),
      ...(last === undefined ? {} : { NextContinuationToken: writeToken(last) }),
      ...(start === undefined || token !== undefined ? {} : { StartAfter: write(start) }),
      Contents: [...contents],
      CommonPrefixes: [...prefixes],
    }
  })
}
