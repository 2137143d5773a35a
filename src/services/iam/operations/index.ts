export {
  CreateAccountAlias,
  DeleteAccountAlias,
  DeleteAccountPasswordPolicy,
  GetAccountPasswordPolicy,
  GetAccountSummary,
  ListAccountAliases,
  UpdateAccountPasswordPolicy,
} from './account.ts'
export { AddUserToGroup } from './add-user-to-group.ts'
export {
  AttachGroupPolicy,
  AttachRolePolicy,
  AttachUserPolicy,
  DetachGroupPolicy,
  DetachRolePolicy,
  DetachUserPolicy,
  ListAttachedGroupPolicies,
  ListAttachedRolePolicies,
  ListAttachedUserPolicies,
} from './attached-policies.ts'
export { CreateAccessKey } from './create-access-key.ts'
export { CreateGroup } from './create-group.ts'
export { CreatePolicy } from './create-policy.ts'
export { CreateRole } from './create-role.ts'
export { CreateUser } from './create-user.ts'
export { DeleteAccessKey } from './delete-access-key.ts'
export { DeleteGroup } from './delete-group.ts'
export { DeletePolicy } from './delete-policy.ts'
export { DeleteRole } from './delete-role.ts'
export { DeleteUser } from './delete-user.ts'
export { GetAccessKeyLastUsed } from './get-access-key-last-used.ts'
export { GetAccountAuthorizationDetails } from './get-account-authorization-details.ts'
export { GetGroup } from './get-group.ts'
export { GetPolicy } from './get-policy.ts'
export { GetRole } from './get-role.ts'
export { GetUser } from './get-user.ts'
export {
  DeleteGroupPolicy,
  DeleteRolePolicy,
  DeleteUserPolicy,
  GetGroupPolicy,
  GetRolePolicy,
  GetUserPolicy,
  ListGroupPolicies,
  ListRolePolicies,
  ListUserPolicies,
  PutGroupPolicy,
  PutRolePolicy,
  PutUserPolicy,
} from './inline-policies.ts'
export {
  AddRoleToInstanceProfile,
  CreateInstanceProfile,
  DeleteInstanceProfile,
  GetInstanceProfile,
  ListInstanceProfiles,
  ListInstanceProfilesForRole,
  ListInstanceProfileTags,
  RemoveRoleFromInstanceProfile,
  TagInstanceProfile,
  UntagInstanceProfile,
} from './instance-profiles.ts'
export { ListAccessKeys } from './list-access-keys.ts'
export { ListEntitiesForPolicy } from './list-entities-for-policy.ts'
export { ListGroups } from './list-groups.ts'
export { ListGroupsForUser } from './list-groups-for-user.ts'
export { ListPolicies } from './list-policies.ts'
export { ListRoles } from './list-roles.ts'
export { ListUsers } from './list-users.ts'
export {
  ChangePassword,
  CreateLoginProfile,
  DeleteLoginProfile,
  GetLoginProfile,
  UpdateLoginProfile,
} from './login-profiles.ts'
export { ListMFADeviceTags, TagMFADevice, UntagMFADevice } from './mfa-device-tags.ts'
export {
  DeactivateMFADevice,
  EnableMFADevice,
  GetMFADevice,
  ListMFADevices,
  ResyncMFADevice,
} from './mfa-devices.ts'
export {
  ListSAMLProviders,
  ListServerCertificates,
  ListServiceSpecificCredentials,
  ListSigningCertificates,
  ListSSHPublicKeys,
} from './nothing-of-the-kind.ts'
export {
  AddClientIDToOpenIDConnectProvider,
  CreateOpenIDConnectProvider,
  DeleteOpenIDConnectProvider,
  GetOpenIDConnectProvider,
  ListOpenIDConnectProviders,
  ListOpenIDConnectProviderTags,
  RemoveClientIDFromOpenIDConnectProvider,
  TagOpenIDConnectProvider,
  UntagOpenIDConnectProvider,
  UpdateOpenIDConnectProviderThumbprint,
} from './oidc-providers.ts'
export {
  DeleteRolePermissionsBoundary,
  DeleteUserPermissionsBoundary,
  PutRolePermissionsBoundary,
  PutUserPermissionsBoundary,
} from './permissions-boundaries.ts'
export { ListPolicyTags, TagPolicy, UntagPolicy } from './policy-tags.ts'
export {
  CreatePolicyVersion,
  DeletePolicyVersion,
  GetPolicyVersion,
  ListPolicyVersions,
  SetDefaultPolicyVersion,
} from './policy-versions.ts'
export { RemoveUserFromGroup } from './remove-user-from-group.ts'
export {
  CreateServiceLinkedRole,
  DeleteServiceLinkedRole,
  GetServiceLinkedRoleDeletionStatus,
} from './service-linked-roles.ts'
export {
  GetContextKeysForCustomPolicy,
  GetContextKeysForPrincipalPolicy,
  SimulateCustomPolicy,
  SimulatePrincipalPolicy,
} from './simulate-policies.ts'
export { ListRoleTags, ListUserTags, TagRole, TagUser, UntagRole, UntagUser } from './tagging.ts'
export { UpdateAccessKey } from './update-access-key.ts'
export { UpdateAssumeRolePolicy } from './update-assume-role-policy.ts'
export { UpdateGroup } from './update-group.ts'
export { UpdateRole } from './update-role.ts'
export { UpdateRoleDescription } from './update-role-description.ts'
export { UpdateUser } from './update-user.ts'
export {
  CreateVirtualMFADevice,
  DeleteVirtualMFADevice,
  ListVirtualMFADevices,
} from './virtual-mfa-devices.ts'
