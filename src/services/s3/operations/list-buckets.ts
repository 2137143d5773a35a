import type { ListBucketsCommandInput, ListBucketsCommandOutput } from '@aws-sdk/client-s3'
import { ownerOf } from '../acl/canonical-id.ts'
import { type BucketRecord, buckets } from '../buckets/bucket-record.ts'
import { isRegion } from '../buckets/location.ts'
import { invalidArgument } from '../errors.ts'
import { readToken, writeToken } from '../listing/page-token.ts'
import { shownTime } from '../shown-time.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html */
export const ListBuckets: Operation<ListBucketsCommandInput, Omit<ListBucketsCommandOutput, '$metadata'>> = (
  { state, account },
  { MaxBuckets: most, Prefix: prefix = '', BucketRegion: region, ContinuationToken: token },
) => {
  if (most !== undefined && (most < 1 || most > 10_000))
    throw invalidArgument('Argument max-buckets must be an integer between 1 and 10000', 'max-buckets', most)
  if (region !== undefined && !isRegion(region))
    throw invalidArgument(`Argument value ${region} is not a valid AWS Region`, 'bucket-region')
  const after = token === undefined || token === '' ? undefined : readToken(token)
  return state.store.read(reader => {
    const found: BucketRecord[] = []
    let next: string | undefined
    for (const [, bucket] of buckets.underAfter(reader, [], [after ?? ''])) {
      if (bucket.account !== account || !bucket.name.startsWith(prefix)) continue
      if (region !== undefined && bucket.region !== region) continue
      if (found.length === (most ?? 10_000)) {
        next = found.at(-1)?.name
        break
      }
      found.push(bucket)
    }
    // The region of a bucket is told to those who page or filter.
    const detailed = most !== undefined || region !== undefined || prefix !== '' || token !== undefined
    return {
      Owner: ownerOf(account),
      Buckets: found.map(({ name, created, region: home }) => ({
        Name: name,
        CreationDate: shownTime(created),
        ...(detailed ? { BucketRegion: home, BucketArn: `arn:aws:s3:::${name}` } : {}),
      })),
      ...(next === undefined ? {} : { ContinuationToken: writeToken(next) }),
      ...(prefix === '' ? {} : { Prefix: prefix }),
    }
  })
}
