import type * as Iam from '@aws-sdk/client-iam'
import { awsManagedPolicies, type PolicyHolder } from '../../../aws/index.ts'
import type { Reader } from '../../../stores/index.ts'
import { policyNameOf } from '../attachable.ts'
import { awsPolicyRecord, countUses, usesOf } from '../managed-policies.ts'
import { page } from '../pages.ts'
import {
  encodeDocument,
  groupShape,
  instanceProfileShape,
  policyShape,
  roleShape,
  userShape,
} from '../shapes.ts'
import { type IamContext, type Operation, read, tables } from '../state.ts'

type Detail =
  | { readonly kind: 'User'; readonly id: string; readonly value: Iam.UserDetail }
  | { readonly kind: 'Group'; readonly id: string; readonly value: Iam.GroupDetail }
  | { readonly kind: 'Role'; readonly id: string; readonly value: Iam.RoleDetail }
  | { readonly kind: 'LocalManagedPolicy'; readonly id: string; readonly value: Iam.ManagedPolicyDetail }
  | { readonly kind: 'AWSManagedPolicy'; readonly id: string; readonly value: Iam.ManagedPolicyDetail }

/** Everything that grants something. https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html */
export const GetAccountAuthorizationDetails: Operation<
  Iam.GetAccountAuthorizationDetailsRequest,
  Iam.GetAccountAuthorizationDetailsResponse
> = (context, input) =>
  read(context, reader => {
    const wanted = input.Filter ?? []
    const all = details(reader, context).filter(detail => wanted.length === 0 || wanted.includes(detail.kind))
    const { items, ...rest } = page(all, detail => detail.id, input)
    return {
      UserDetailList: items.flatMap(item => (item.kind === 'User' ? [item.value] : [])),
      GroupDetailList: items.flatMap(item => (item.kind === 'Group' ? [item.value] : [])),
      RoleDetailList: items.flatMap(item => (item.kind === 'Role' ? [item.value] : [])),
      Policies: items.flatMap(item =>
        item.kind === 'LocalManagedPolicy' || item.kind === 'AWSManagedPolicy' ? [item.value] : [],
      ),
      ...rest,
    }
  })

function details(reader: Reader, context: IamContext): Detail[] {
  const { account } = context
  const profiles = [...tables.instanceProfiles.under(reader, account)].map(([, profile]) => profile)
  const users = [...tables.users.under(reader, account)].map(([, user]): Detail => {
    const value = {
      ...userShape(user),
      GroupList: [...user.groups],
      UserPolicyList: inline(user),
      AttachedManagedPolicies: attached(user),
    }
    return { kind: 'User', id: user.arn, value }
  })
  const groups = [...tables.groups.under(reader, account)].map(([, group]): Detail => {
    const value = {
      ...groupShape(group),
      GroupPolicyList: inline(group),
      AttachedManagedPolicies: attached(group),
    }
    return { kind: 'Group', id: group.arn, value }
  })
  const roles = [...tables.roles.under(reader, account)].map(([, role]): Detail => {
    const value = {
      ...roleShape(role),
      InstanceProfileList: profiles
        .filter(profile => profile.roleName === role.roleName)
        .map(profile => instanceProfileShape(profile, role)),
      RolePolicyList: inline(role),
      AttachedManagedPolicies: attached(role),
    }
    return { kind: 'Role', id: role.arn, value }
  })
  return [...users, ...groups, ...roles, ...policies(reader, context)]
}

/** AWS's own policies are listed where they are used. */
function policies(reader: Reader, context: IamContext): Detail[] {
  const own = [...tables.policies.under(reader, context.account)].map(([, policy]) => policy)
  const aws = [...awsManagedPolicies.values()].map(awsPolicyRecord)
  return [...own, ...aws].flatMap((policy): Detail[] => {
    const uses = countUses(usesOf(reader, context, policy.arn))
    const isOwn = own.includes(policy)
    if (!isOwn && uses.attached + uses.boundary === 0) return []
    const value = {
      ...policyShape(policy, uses, false),
      PolicyVersionList: policy.versions.map(version => ({
        Document: encodeDocument(version.document),
        VersionId: version.versionId,
        IsDefaultVersion: version.versionId === policy.defaultVersionId,
        CreateDate: new Date(version.createDate),
      })),
    }
    return [{ kind: isOwn ? 'LocalManagedPolicy' : 'AWSManagedPolicy', id: policy.arn, value }]
  })
}

function inline({ inlinePolicies }: PolicyHolder): Iam.PolicyDetail[] {
  return Object.entries(inlinePolicies).map(([PolicyName, document]) => ({
    PolicyName,
    PolicyDocument: encodeDocument(document),
  }))
}

function attached({ attachedPolicies }: PolicyHolder): Iam.AttachedPolicy[] {
  return attachedPolicies.map(arn => ({ PolicyName: policyNameOf(arn), PolicyArn: arn }))
}
