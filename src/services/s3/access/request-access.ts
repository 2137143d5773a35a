import type { AccessRequest, AccessRule } from '../../../aws/index.ts'
import type { Reader } from '../../../stores/index.ts'
import { requireBucket } from '../buckets/bucket.ts'
import type { BucketRecord } from '../buckets/bucket-record.ts'
import { configuration } from '../buckets/configuration.ts'
import { isRequesterPays } from '../buckets/requester-pays.ts'
import { accessDenied } from '../errors.ts'
import type { ObjectRecord } from '../objects/object-record.ts'
import { findVersion, newest } from '../objects/versions.ts'
import type { S3Context, S3State } from '../state.ts'
import { deniesOf, hasDeny, resourcePolicy } from './resource-policy.ts'

/** A rule of S3. */
export type Rule = AccessRule<S3State>
export type Conditions = Exclude<AccessRequest['conditions'], undefined>

/** What is to be done with which bucket or object. */
export interface Wanted {
  readonly action: string
  readonly bucket: string | undefined
  /** Absent: the bucket itself. */
  readonly key?: string | undefined
  readonly version?: string | undefined
  /** Whether the object has to be there: who may not list the bucket is not told that it is not. */
  readonly reads?: boolean
  /** Asked where a policy has a say. */
  readonly conditions?: () => Conditions
}

/** Turns what is wanted into the permission that it needs, with the policies that speak about it. */
export function requestAccess(
  context: Pick<S3Context, 'state' | 'principal'> & Partial<Pick<S3Context, 'http'>>,
  wanted: Wanted,
): AccessRequest | Promise<AccessRequest> {
  // The engine has the bucket, its policy and its ACL, and judges by them; here the caller's own policies decide.
  if (context.state.engine !== undefined) return { action: wanted.action, resources: [resourceOf(wanted)] }
  const pays = context.http?.headers['x-amz-request-payer'] === 'requester'
  return context.state.store.read(reader => accessIn(reader, context.principal, wanted, pays))
}

const resourceOf = ({ bucket = '', key }: Wanted): string =>
  key === undefined ? `arn:aws:s3:::${bucket}` : `arn:aws:s3:::${bucket}/${key}`

/** As `requestAccess`, inside a read. Where requesters pay, strangers have to say that they know, and nobody cannot. */
export function accessIn(
  reader: Reader,
  principal: S3Context['principal'],
  wanted: Wanted,
  pays = false,
): AccessRequest {
  const bucket = requireBucket(reader, wanted.bucket)
  const stranger = principal.kind === 'anonymous' || principal.account !== bucket.account
  if (stranger && !(pays && principal.kind !== 'anonymous') && isRequesterPays(reader, bucket.name))
    throw accessDenied()
  const arn = `arn:aws:s3:::${bucket.name}`
  const { action, key, version, conditions } = wanted
  const resources = [key === undefined ? arn : `${arn}/${key}`]
  const owner = principal.kind === 'root' && principal.account === bucket.account
  const policy = configuration<string>(reader, bucket.name, 'policy')
  const binds = policy !== undefined && !ofPolicies.has(action) && hasDeny(policy)
  // The owner needs no permission, and nothing is worth reading for that but what a stranger may own or a policy forbid.
  if (owner && !binds && !(wanted.reads && bucket.strangers))
    return { action, resources, resourceAccount: bucket.account }
  const record =
    key === undefined
      ? undefined
      : version === undefined
        ? newest(reader, bucket.name, key)
        : findVersion(reader, bucket.name, key, version)
  const foreign = wanted.reads === true && bucket.strangers === true && isForeign(bucket, record)
  if (owner && !binds && !foreign) return { action, resources, resourceAccount: bucket.account }
  const common = {
    resourceAccount: foreign ? record.owner : bucket.account,
    resourcePolicy: resourcePolicy(reader, bucket, {
      policy: foreign ? deniesOf(policy) : policy,
      object: key === undefined || record === undefined ? undefined : { key, record },
    }),
    ...(binds ? { policyBindsOwner: true } : {}),
  }
  if (wanted.reads && (record === undefined || record.marker))
    return { action: 's3:ListBucket', resources: [arn], conditions: { 's3:prefix': key ?? '' }, ...common }
  return { action, resources, conditions: { ...existingTags(record), ...conditions?.() }, ...common }
}

/** Who locks everybody out of a bucket can still change its policy. https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html */
const ofPolicies: ReadonlySet<string> = new Set([
  's3:GetBucketPolicy',
  's3:PutBucketPolicy',
  's3:DeleteBucketPolicy',
])

/**
 * Whether an object belongs to another account than its bucket: then the bucket's owner may forbid, and delete, but only
 * the object's owner grants. https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-auth-workflow-object-operation.html
 */
function isForeign(bucket: BucketRecord, record: ObjectRecord | undefined): record is ObjectRecord {
  if (record === undefined || record.marker) return false
  return bucket.ownership !== 'BucketOwnerEnforced' && record.owner !== bucket.account
}

function existingTags(record: ObjectRecord | undefined): Conditions {
  return Object.fromEntries(
    (record?.tags ?? []).map(([name, value]) => [`s3:ExistingObjectTag/${name}`, value]),
  )
}
