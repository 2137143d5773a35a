import { type AwsManagedPolicy, awsManagedPolicy, type PolicyRecord } from '../../aws/index.ts'
import type { Reader } from '../../stores/index.ts'
import { policyNotFound } from './errors.ts'
import { type IamContext, tables } from './state.ts'

/** AWS's own policies never change here; their one version is as old as the service. */
const epoch = Date.parse('2015-02-06T18:39:46Z')

/** A managed policy of AWS in the form of a customer's. */
export function awsPolicyRecord(policy: AwsManagedPolicy): PolicyRecord {
  const { policyName, policyId, path, description, arn, document } = policy
  return {
    policyName,
    policyId,
    path,
    arn,
    description,
    createDate: epoch,
    updateDate: epoch,
    tags: [],
    defaultVersionId: 'v1',
    nextVersion: 2,
    versions: [{ versionId: 'v1', document, createDate: epoch }],
  }
}

/** A policy of the account or of AWS, or NoSuchEntity. */
export function requiredPolicy(reader: Reader, { account }: IamContext, arn: string): PolicyRecord {
  const own = tables.policies.get(reader, account, arn)
  if (own !== undefined) return own
  const aws = awsManagedPolicy(arn)
  if (aws === undefined) throw policyNotFound(arn)
  return awsPolicyRecord(aws)
}

/** Where a policy is used. */
export interface PolicyUses {
  readonly users: readonly string[]
  readonly groups: readonly string[]
  readonly roles: readonly string[]
  readonly boundaryOfUsers: readonly string[]
  readonly boundaryOfRoles: readonly string[]
}

/** Everything that a policy is attached to or bounds, by reading all entities once. */
export function usesOf(reader: Reader, { account }: IamContext, arn: string): PolicyUses {
  const users = [...tables.users.under(reader, account)].map(([, user]) => user)
  const groups = [...tables.groups.under(reader, account)].map(([, group]) => group)
  const roles = [...tables.roles.under(reader, account)].map(([, role]) => role)
  return {
    users: users.filter(user => user.attachedPolicies.includes(arn)).map(user => user.userName),
    groups: groups.filter(group => group.attachedPolicies.includes(arn)).map(group => group.groupName),
    roles: roles.filter(role => role.attachedPolicies.includes(arn)).map(role => role.roleName),
    boundaryOfUsers: users.filter(user => user.permissionsBoundary === arn).map(user => user.userName),
    boundaryOfRoles: roles.filter(role => role.permissionsBoundary === arn).map(role => role.roleName),
  }
}

/** How often a policy is attached, for the answers that count it. */
export function countUses(uses: PolicyUses): { readonly attached: number; readonly boundary: number } {
  return {
    attached: uses.users.length + uses.groups.length + uses.roles.length,
    boundary: uses.boundaryOfUsers.length + uses.boundaryOfRoles.length,
  }
}

/** Changes one of the account's own policies; AWS's cannot be changed. */
export function ownPolicy(reader: Reader, { account }: IamContext, arn: string): PolicyRecord {
  const own = tables.policies.get(reader, account, arn)
  if (own === undefined) throw policyNotFound(arn)
  return own
}
