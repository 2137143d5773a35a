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
export type { IssueRoleCredentials, RoleCredentials } from './role-credentials.ts'
