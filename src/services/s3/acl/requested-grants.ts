import type { AccessControlPolicy } from '@aws-sdk/client-s3'
import { AwsError } from '../../../aws/index.ts'
import type { BucketRecord } from '../buckets/bucket-record.ts'
import { invalidArgument, invalidRequest, missingSecurityHeader } from '../errors.ts'
import { cannedGrants } from './canned.ts'
import { accountOfCanonicalId, canonicalId, displayName } from './canonical-id.ts'
import type { Grant, Grantee, Permission } from './grant.ts'
import { isGroup } from './groups.ts'

/** How a request may say what an ACL shall be. */
export interface AclInput {
  readonly ACL?: string | undefined
  readonly GrantFullControl?: string | undefined
  readonly GrantRead?: string | undefined
  readonly GrantReadACP?: string | undefined
  readonly GrantWrite?: string | undefined
  readonly GrantWriteACP?: string | undefined
}

const headers: readonly (readonly [keyof AclInput, Permission, header: string])[] = [
  ['GrantFullControl', 'FULL_CONTROL', 'x-amz-grant-full-control'],
  ['GrantRead', 'READ', 'x-amz-grant-read'],
  ['GrantReadACP', 'READ_ACP', 'x-amz-grant-read-acp'],
  ['GrantWrite', 'WRITE', 'x-amz-grant-write'],
  ['GrantWriteACP', 'WRITE_ACP', 'x-amz-grant-write-acp'],
]

const granteeTypes: ReadonlySet<string> = new Set(['CanonicalUser', 'Group', 'AmazonCustomerByEmail'])
const permissions: ReadonlySet<string> = new Set(headers.map(([, permission]) => permission))

function byId(id: string, name: string): Grantee {
  if (accountOfCanonicalId(id) === undefined) throw invalidArgument('Invalid id', name, id)
  return { type: 'CanonicalUser', id }
}

function byUri(uri: string, name: string): Grantee {
  if (!isGroup(uri)) throw invalidArgument('Invalid group uri', name, uri)
  return { type: 'Group', uri }
}

/** An account's address here is `ACCOUNT@…`: there are no accounts with addresses of their own. */
function byEmail(address: string): Grantee {
  const account = /^(\d{12})@/.exec(address)?.[1]
  if (account === undefined)
    throw new AwsError(
      'UnresolvableGrantByEmailAddress',
      'The email address you provided does not match any account on record.',
      { statusCode: 400 },
    )
  return { type: 'CanonicalUser', id: canonicalId(account) }
}

/** `id="…", uri="…"`. */
function grantees(text: string, header: string): Grantee[] {
  return text.split(',').map(part => {
    const match = /^\s*(id|uri|emailAddress)\s*=\s*"?([^"]*)"?\s*$/i.exec(part)
    if (match === null) throw invalidArgument('Argument format not recognized', header, text)
    const [, kind = '', value = ''] = match
    if (kind.toLowerCase() === 'id') return byId(value, 'id')
    return kind.toLowerCase() === 'uri' ? byUri(value, 'uri') : byEmail(value)
  })
}

/** What the headers of a request grant; undefined where they say nothing. */
export function headerGrants(
  input: AclInput,
  owner: string,
  bucketOwner: string,
): readonly Grant[] | undefined {
  const given = headers.filter(([member]) => input[member] !== undefined)
  if (input.ACL !== undefined && given.length > 0)
    throw invalidRequest('Specifying both Canned ACLs and Header Grants is not allowed')
  if (input.ACL !== undefined && input.ACL !== '') return cannedGrants(input.ACL, owner, bucketOwner)
  if (given.length === 0) return undefined
  return given.flatMap(([member, permission, header]) =>
    grantees(input[member] ?? '', header).map(grantee => ({ grantee, permission })),
  )
}

const malformedAcl = (): AwsError =>
  new AwsError(
    'MalformedACLError',
    'The XML you provided was not well-formed or did not validate against our published schema',
    { statusCode: 400 },
  )

/** What an `AccessControlPolicy` document grants. */
export function documentGrants(policy: AccessControlPolicy, owner: string): readonly Grant[] {
  if (policy.Owner?.ID === undefined || policy.Grants === undefined) throw malformedAcl()
  if (accountOfCanonicalId(policy.Owner.ID) === undefined)
    throw invalidArgument('Invalid id', 'CanonicalUser/ID', policy.Owner.ID)
  if (policy.Owner.ID !== canonicalId(owner))
    throw new AwsError('AccessDenied', 'Access Denied', { statusCode: 403 })
  return policy.Grants.map(({ Grantee: to, Permission: permission }): Grant => {
    if (to === undefined || permission === undefined || !permissions.has(permission)) throw malformedAcl()
    if (to.Type !== undefined && !granteeTypes.has(to.Type)) throw malformedAcl()
    const grant = (grantee: Grantee): Grant => ({ grantee, permission: permission as Permission })
    if (to.ID !== undefined) return grant(byId(to.ID, 'CanonicalUser/ID'))
    if (to.URI !== undefined) return grant(byUri(to.URI, 'Group/URI'))
    if (to.EmailAddress !== undefined) return grant(byEmail(to.EmailAddress))
    throw malformedAcl()
  })
}

/** The ACL that a Put…Acl asks for, in exactly one of its three ways. */
export function requestedGrants(
  input: AclInput & { readonly AccessControlPolicy?: AccessControlPolicy | undefined },
  owner: string,
  bucketOwner: string,
): readonly Grant[] {
  const byHeader = headerGrants(input, owner, bucketOwner)
  if (byHeader !== undefined && input.AccessControlPolicy !== undefined)
    throw new AwsError('UnexpectedContent', 'This request does not support content', { statusCode: 400 })
  if (byHeader !== undefined) return byHeader
  if (input.AccessControlPolicy === undefined) throw missingSecurityHeader('x-amz-acl')
  return documentGrants(input.AccessControlPolicy, owner)
}

/** Refuses an ACL where the bucket's owner owns everything in it. */
export function checkOwnership(bucket: Pick<BucketRecord, 'ownership'>, input: AclInput): void {
  if (bucket.ownership !== 'BucketOwnerEnforced') return
  const grants = headers.some(([member]) => input[member] !== undefined)
  const harmless = input.ACL === undefined || input.ACL === '' || input.ACL === 'bucket-owner-full-control'
  if (grants || !harmless) throw aclsNotSupported()
}

export const aclsNotSupported = (): AwsError =>
  new AwsError('AccessControlListNotSupported', 'The bucket does not allow ACLs', { statusCode: 400 })

/** Grants as answers have them. */
export function shownGrants(grants: readonly Grant[]) {
  return grants.map(({ grantee, permission }) => ({
    Grantee:
      grantee.type === 'Group'
        ? { Type: 'Group' as const, URI: grantee.uri }
        : {
            Type: 'CanonicalUser' as const,
            ID: grantee.id,
            DisplayName: displayName(accountOfCanonicalId(grantee.id) ?? ''),
          },
    Permission: permission,
  }))
}
