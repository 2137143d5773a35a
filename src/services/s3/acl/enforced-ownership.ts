import { AwsError } from '../../../aws/index.ts'
import type { BucketRecord } from '../buckets/bucket-record.ts'
import { canonicalId } from './canonical-id.ts'
import type { Grant } from './grant.ts'

/** Whether an ACL grants something to its owner alone, or was never set. */
export function isPrivateAcl(grants: readonly Grant[] | undefined, owner: string): boolean {
  const id = canonicalId(owner)
  return (grants ?? []).every(({ grantee }) => grantee.type === 'CanonicalUser' && grantee.id === id)
}

/**
 * Refuses to switch ACLs off, or to make a bucket without them, while one grants something to others.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-ownership-error-responses.html
 */
export function checkEnforcedOwnership(
  ownership: BucketRecord['ownership'],
  grants: readonly Grant[] | undefined,
  owner: string,
): void {
  if (ownership !== 'BucketOwnerEnforced' || isPrivateAcl(grants, owner)) return
  throw new AwsError(
    'InvalidBucketAclWithObjectOwnership',
    "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
    { statusCode: 400 },
  )
}
