export { decodeAuthorizationMessage } from './authorization-message.ts'
export { decideAccess } from './authorize.ts'
export { type AwsManagedPolicy, awsManagedPolicies, awsManagedPolicy } from './aws-managed-policies.ts'
export { type CallersPolicies, collectPolicies, managedDocument } from './collect-policies.ts'
export type { RootCredential } from './directory.ts'
export type {
  ApiAccess,
  ApiAuth,
  ApiAuthentication,
  ApiRequest,
  CognitoSession,
  SignatureFailure,
} from './gateway-auth.ts'
export { createIdentity, type Identity, type IdentityOptions } from './identity.ts'
export {
  type RoleSession,
  roleOfArn,
  rolePrincipal,
  rootPrincipal,
  tagMap,
  userPrincipal,
} from './known-principals.ts'
export { createPolicyCache, type PolicyCache } from './policy/policy-cache.ts'
export { conditionKeysOf, simulate } from './policy/simulate.ts'
export { type PolicyUse, policyProblem } from './policy/validate-policy.ts'
export type {
  AccessKeyRecord,
  AccountRecord,
  GroupRecord,
  InstanceProfileRecord,
  MfaDeviceRecord,
  OidcProviderRecord,
  PolicyHolder,
  PolicyRecord,
  PolicyVersionRecord,
  RoleRecord,
  Tag,
  UserRecord,
} from './records.ts'
export type { IssueRoleCredentials, RoleCredentials } from './role-credentials.ts'
export type { SessionRecord } from './session-record.ts'
export { openSession } from './sessions.ts'
export { identityTables } from './tables.ts'
export { matchingStep, totpCode } from './totp.ts'
export { trusts } from './trust.ts'
export { accessKeyId, accountOfAccessKey, secretAccessKey, uniqueId } from './unique-ids.ts'
