import type { Reader } from '../../../stores/index.ts'
import type { BucketRecord } from '../buckets/bucket-record.ts'
import { configuration } from '../buckets/configuration.ts'
import { accessDenied } from '../errors.ts'
import type { Grant } from './grant.ts'
import { groups } from './groups.ts'

/** What a bucket's public access block forbids. https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html */
export interface PublicAccessBlock {
  readonly BlockPublicAcls?: boolean
  readonly IgnorePublicAcls?: boolean
  readonly BlockPublicPolicy?: boolean
  readonly RestrictPublicBuckets?: boolean
}

/** The block that was configured; a bucket without one blocks nothing here. */
export function publicAccessBlock(reader: Reader, bucket: string): PublicAccessBlock {
  return configuration<PublicAccessBlock>(reader, bucket, 'publicAccessBlock') ?? {}
}

/** Whether grants reach everybody, or everybody with an account. */
export function isPublic(grants: readonly Grant[]): boolean {
  return grants.some(
    ({ grantee }) =>
      grantee.type === 'Group' && (grantee.uri === groups.allUsers || grantee.uri === groups.authenticated),
  )
}

/** Refuses a public ACL where the bucket blocks those. */
export function checkPublicAcl(
  reader: Reader,
  bucket: BucketRecord,
  grants: readonly Grant[] | undefined,
): void {
  if (grants !== undefined && isPublic(grants) && publicAccessBlock(reader, bucket.name).BlockPublicAcls)
    throw accessDenied()
}
