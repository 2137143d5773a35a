import type { Reader } from '../../../stores/index.ts'
import { privateGrants } from '../acl/canned.ts'
import { accountOfCanonicalId } from '../acl/canonical-id.ts'
import type { Grant, Permission } from '../acl/grant.ts'
import { groups } from '../acl/groups.ts'
import { publicAccessBlock } from '../acl/public-access.ts'
import type { BucketRecord } from '../buckets/bucket-record.ts'
import type { ObjectRecord } from '../objects/object-record.ts'
import { isPublicPolicy } from './public-policy.ts'

/** What an ACL's permissions stand for. https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#permissions */
const onBucket: Readonly<Record<Exclude<Permission, 'FULL_CONTROL'>, readonly string[]>> = {
  READ: ['s3:ListBucket', 's3:ListBucketVersions', 's3:ListBucketMultipartUploads'],
  WRITE: ['s3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
  READ_ACP: ['s3:GetBucketAcl'],
  WRITE_ACP: ['s3:PutBucketAcl'],
}
const onObject: Readonly<Record<Exclude<Permission, 'FULL_CONTROL'>, readonly string[]>> = {
  READ: ['s3:GetObject', 's3:GetObjectVersion'],
  WRITE: [],
  READ_ACP: ['s3:GetObjectAcl', 's3:GetObjectVersionAcl'],
  WRITE_ACP: ['s3:PutObjectAcl', 's3:PutObjectVersionAcl'],
}

/** Who a grant means, as the principal of a statement. */
function granteeOf({ grantee }: Grant): object | undefined {
  if (grantee.type === 'CanonicalUser') {
    const account = accountOfCanonicalId(grantee.id)
    return account === undefined ? undefined : { Principal: { AWS: account } }
  }
  if (grantee.uri === groups.allUsers) return { Principal: '*' }
  if (grantee.uri === groups.authenticated)
    return { Principal: '*', Condition: { StringNotEquals: { 'aws:PrincipalType': 'Anonymous' } } }
  return undefined
}

function statements(
  grants: readonly Grant[],
  actions: typeof onBucket,
  resource: string | readonly string[],
): object[] {
  return grants.flatMap(grant => {
    const who = granteeOf(grant)
    const allowed =
      grant.permission === 'FULL_CONTROL' ? Object.values(actions).flat() : actions[grant.permission]
    return who === undefined || allowed.length === 0
      ? []
      : [{ Effect: 'Allow', ...who, Action: allowed, Resource: resource }]
  })
}

interface PolicyDocument {
  readonly Statement: object | readonly object[]
}

const statementsOf = (policy: string): readonly object[] =>
  [(JSON.parse(policy) as PolicyDocument).Statement].flat()
const denies = (statement: object): boolean => (statement as { Effect?: unknown }).Effect === 'Deny'

/** Whether a policy forbids anything at all. */
export function hasDeny(policy: string): boolean {
  return policy.includes('Deny') && statementsOf(policy).some(denies)
}

/** What a policy forbids, without what it allows. */
export function deniesOf(policy: string | undefined): string | undefined {
  if (policy === undefined || !hasDeny(policy)) return undefined
  return JSON.stringify({
    ...(JSON.parse(policy) as PolicyDocument),
    Statement: statementsOf(policy).filter(denies),
  })
}

/**
 * The bucket's policy together with what its ACL and the object's grant, as one document: inside a bucket any of the three
 * may allow. https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-policy-language-overview.html
 */
export function resourcePolicy(
  reader: Reader,
  bucket: BucketRecord,
  own: {
    /** The bucket's policy, or the part of it that counts. */
    readonly policy: string | undefined
    readonly object: { readonly key: string; readonly record: ObjectRecord } | undefined
  },
): unknown {
  const { object } = own
  const block = publicAccessBlock(reader, bucket.name)
  const policy =
    block.RestrictPublicBuckets && own.policy !== undefined && isPublicPolicy(own.policy)
      ? deniesOf(own.policy)
      : own.policy
  const respected = (grants: readonly Grant[]): readonly Grant[] =>
    block.IgnorePublicAcls ? grants.filter(({ grantee }) => grantee.type !== 'Group') : grants
  const arn = `arn:aws:s3:::${bucket.name}`
  const acls = bucket.ownership !== 'BucketOwnerEnforced'
  const granted = [
    ...(acls && bucket.grants !== undefined
      ? statements(respected(bucket.grants), onBucket, [arn, `${arn}/*`])
      : []),
    ...(acls && object !== undefined && !object.record.marker
      ? statements(
          respected(object.record.grants ?? privateGrants(object.record.owner)),
          onObject,
          `${arn}/*`,
        )
      : []),
  ]
  if (granted.length === 0) return policy
  const parsed =
    policy === undefined ? { Statement: [] } : (JSON.parse(policy) as { Statement: object | object[] })
  return JSON.stringify({ ...parsed, Statement: [parsed.Statement, granted].flat() })
}
