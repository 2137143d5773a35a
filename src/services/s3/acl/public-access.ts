import type { Principal } from '../../../aws/index.ts'
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

/** Who wants to set an ACL by which action, on an object or on the bucket. */
interface PublicAclRequest {
  readonly principal: Principal
  readonly action: string
  readonly key?: string | undefined
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

/** Refuses a public ACL where the bucket blocks those; whoever is known is told why. https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html */
export function checkPublicAcl(
  reader: Reader,
  bucket: BucketRecord,
  grants: readonly Grant[] | undefined,
  { principal, action, key }: PublicAclRequest,
): void {
  if (grants === undefined || !isPublic(grants) || !publicAccessBlock(reader, bucket.name).BlockPublicAcls)
    return
  if (principal.kind === 'anonymous') throw accessDenied()
  const resource = `arn:aws:s3:::${bucket.name}${key === undefined ? '' : `/${key}`}`
  throw accessDenied(
    `User: ${principal.arn} is not authorized to perform: s3:${action} on resource: "${resource}" because public ACLs are prevented by the BlockPublicAcls setting in S3 Block Public Access.`,
  )
}
