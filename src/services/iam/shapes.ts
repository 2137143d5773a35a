import type * as Iam from '@aws-sdk/client-iam'
import type {
  AccessKeyRecord,
  GroupRecord,
  InstanceProfileRecord,
  PolicyRecord,
  RoleRecord,
  Tag,
  UserRecord,
} from '../../aws/index.ts'

/** Documents travel percent-encoded in IAM's answers (RFC 3986). */
export function encodeDocument(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, c => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
}

/** `User` as GetUser shows it; lists leave out tags and boundary. */
export function userShape(user: UserRecord, full = true): Iam.User {
  return {
    Path: user.path,
    UserName: user.userName,
    UserId: user.userId,
    Arn: user.arn,
    CreateDate: new Date(user.createDate),
    ...(full && user.permissionsBoundary !== undefined ? boundaryShape(user.permissionsBoundary) : {}),
    ...(full && user.tags.length > 0 ? { Tags: [...user.tags] } : {}),
  }
}

export function groupShape(group: GroupRecord): Iam.Group {
  return {
    Path: group.path,
    GroupName: group.groupName,
    GroupId: group.groupId,
    Arn: group.arn,
    CreateDate: new Date(group.createDate),
  }
}

/** `Role` as GetRole shows it; lists leave out tags, boundary and last use. */
export function roleShape(role: RoleRecord, full = true): Iam.Role {
  return {
    Path: role.path,
    RoleName: role.roleName,
    RoleId: role.roleId,
    Arn: role.arn,
    CreateDate: new Date(role.createDate),
    AssumeRolePolicyDocument: encodeDocument(role.assumeRolePolicyDocument),
    ...(role.description === undefined ? {} : { Description: role.description }),
    MaxSessionDuration: role.maxSessionDuration,
    ...(full && role.permissionsBoundary !== undefined ? boundaryShape(role.permissionsBoundary) : {}),
    ...(full && role.tags.length > 0 ? { Tags: [...role.tags] } : {}),
    ...(full ? { RoleLastUsed: lastUsed(role) } : {}),
  }
}

function lastUsed({ lastUsed: used }: RoleRecord): Iam.RoleLastUsed {
  return used === undefined ? {} : { LastUsedDate: new Date(used.date), Region: used.region }
}

function boundaryShape(arn: string): { PermissionsBoundary: Iam.AttachedPermissionsBoundary } {
  // AWS says `Policy` where its model says PermissionsBoundaryPolicy.
  const type = 'Policy' as Iam.PermissionsBoundaryAttachmentType
  return { PermissionsBoundary: { PermissionsBoundaryType: type, PermissionsBoundaryArn: arn } }
}

/** `Policy`; how often it is attached is counted by who asks. */
export function policyShape(
  policy: PolicyRecord,
  uses: { readonly attached: number; readonly boundary: number },
  full = true,
): Iam.Policy {
  return {
    PolicyName: policy.policyName,
    PolicyId: policy.policyId,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersionId,
    AttachmentCount: uses.attached,
    PermissionsBoundaryUsageCount: uses.boundary,
    IsAttachable: true,
    ...(full && policy.description !== undefined ? { Description: policy.description } : {}),
    CreateDate: new Date(policy.createDate),
    UpdateDate: new Date(policy.updateDate),
    ...(full ? tagsShape(policy.tags) : {}),
  }
}

/** Answers leave out an empty list of tags. */
export function tagsShape(tags: readonly Tag[]): { Tags?: Iam.Tag[] } {
  return tags.length === 0 ? {} : { Tags: [...tags] }
}

export function accessKeyShape(key: AccessKeyRecord): Iam.AccessKeyMetadata {
  return {
    UserName: key.userName,
    AccessKeyId: key.accessKeyId,
    Status: key.status,
    CreateDate: new Date(key.createDate),
  }
}

export function instanceProfileShape(
  profile: InstanceProfileRecord,
  role: RoleRecord | undefined,
): Iam.InstanceProfile {
  return {
    Path: profile.path,
    InstanceProfileName: profile.instanceProfileName,
    InstanceProfileId: profile.instanceProfileId,
    Arn: profile.arn,
    CreateDate: new Date(profile.createDate),
    Roles: role === undefined ? [] : [roleShape(role, false)],
    ...tagsShape(profile.tags),
  }
}
