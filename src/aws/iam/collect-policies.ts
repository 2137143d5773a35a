import type { Reader } from '../../stores/index.ts'
import type { Principal } from '../principal.ts'
import { awsManagedPolicy } from './aws-managed-policies.ts'
import { roleOfArn } from './known-principals.ts'
import type { PolicyHolder } from './records.ts'
import { identityTables } from './tables.ts'
import { undeclaredRoleId } from './unique-ids.ts'

/** The documents that speak for (or bound) a caller, as JSON texts. */
export interface CallersPolicies {
  readonly identity: readonly string[]
  readonly boundary?: string
  /** The role was never created: what it may do is not known, so the project is trusted. */
  readonly undeclaredRole?: string
  /** A session that the owner of the account gave out: only its session policies bound it. */
  readonly issuedByRoot?: true
}

const none: CallersPolicies = { identity: [] }

/** Reads all identity-based policies of a caller. */
export function collectPolicies(reader: Reader, principal: Principal): CallersPolicies {
  switch (principal.kind) {
    case 'user':
      return userPolicies(reader, principal.account, nameOf(principal.arn))
    case 'federated-user':
      if (principal.issuerArn?.endsWith(':root')) return { identity: [], issuedByRoot: true }
      return principal.issuerArn === undefined
        ? none
        : userPolicies(reader, principal.account, nameOf(principal.issuerArn))
    case 'assumed-role':
      return rolePolicies(reader, principal)
    default:
      return none
  }
}

function nameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1)
}

function userPolicies(reader: Reader, account: string, name: string): CallersPolicies {
  const user = identityTables.users.get(reader, account, name)
  if (user === undefined) return none
  const groups = user.groups.flatMap(group => identityTables.groups.get(reader, account, group) ?? [])
  return {
    identity: [user, ...groups].flatMap(holder => documentsOf(reader, account, holder)),
    ...boundaryOf(reader, account, user.permissionsBoundary),
  }
}

function rolePolicies(reader: Reader, principal: Principal): CallersPolicies {
  const arn = principal.roleArn ?? ''
  const { account, name } = roleOfArn(arn)
  const role = identityTables.roles.get(reader, account, name)
  if (role === undefined)
    return principal.userId.startsWith(`${undeclaredRoleId(arn)}:`)
      ? { identity: [], undeclaredRole: arn }
      : none
  return {
    identity: documentsOf(reader, account, role),
    ...boundaryOf(reader, account, role.permissionsBoundary),
  }
}

function boundaryOf(
  reader: Reader,
  account: string,
  arn: string | undefined,
): Pick<CallersPolicies, 'boundary'> {
  const document = arn === undefined ? undefined : managedDocument(reader, account, arn)
  // A boundary whose policy is gone lets nothing through.
  return arn === undefined ? {} : { boundary: document ?? '{"Version":"2012-10-17","Statement":[]}' }
}

function documentsOf(reader: Reader, account: string, holder: PolicyHolder): readonly string[] {
  return [
    ...Object.values(holder.inlinePolicies),
    ...holder.attachedPolicies.flatMap(arn => managedDocument(reader, account, arn) ?? []),
  ]
}

/** The default version's document of a managed policy, AWS's own or a customer's. */
export function managedDocument(reader: Reader, account: string, arn: string): string | undefined {
  if (arn.startsWith('arn:aws:iam::aws:')) return awsManagedPolicy(arn)?.document
  const policy = identityTables.policies.get(reader, account, arn)
  return policy?.versions.find(version => version.versionId === policy.defaultVersionId)?.document
}
