import { invalidArgument } from '../errors.ts'
import { canonicalId } from './canonical-id.ts'
import type { Grant, Permission } from './grant.ts'
import { groups } from './groups.ts'

const user = (account: string, permission: Permission): Grant => ({
  grantee: { type: 'CanonicalUser', id: canonicalId(account) },
  permission,
})
const group = (uri: string, permission: Permission): Grant => ({
  grantee: { type: 'Group', uri },
  permission,
})

/** What a canned ACL grants. https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl */
export function cannedGrants(name: string, owner: string, bucketOwner: string): readonly Grant[] {
  const own = user(owner, 'FULL_CONTROL')
  switch (name) {
    case 'private':
      return [own]
    case 'public-read':
      return [group(groups.allUsers, 'READ'), own]
    case 'public-read-write':
      return [group(groups.allUsers, 'READ'), group(groups.allUsers, 'WRITE'), own]
    case 'authenticated-read':
      return [group(groups.authenticated, 'READ'), own]
    case 'log-delivery-write':
      return [group(groups.logDelivery, 'WRITE'), group(groups.logDelivery, 'READ_ACP'), own]
    case 'bucket-owner-read':
      return owner === bucketOwner ? [own] : [own, user(bucketOwner, 'READ')]
    case 'bucket-owner-full-control':
      return owner === bucketOwner ? [own] : [own, user(bucketOwner, 'FULL_CONTROL')]
    case 'aws-exec-read':
      return [own]
    default:
      throw invalidArgument('', 'x-amz-acl', name)
  }
}

/** What an ACL that nobody set says. */
export function privateGrants(owner: string): readonly Grant[] {
  return [user(owner, 'FULL_CONTROL')]
}
