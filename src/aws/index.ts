export { AwsError } from './aws-error.ts'
export {
  type AccessRule,
  defineService,
  type Operation,
  type OperationContext,
  type ServiceDefinition,
  type ServiceEnvironment,
} from './define-service.ts'
export type {
  Authentication,
  AuthorizationRequest,
  Authorizer,
  ProtocolName,
  RequestAuthenticator,
  SignedRequest,
} from './door-contract.ts'
export {
  type ApiAccess,
  type ApiAuth,
  type ApiAuthentication,
  type ApiRequest,
  createIdentity,
  type Identity,
  type IdentityOptions,
  type IssueRoleCredentials,
  type RoleCredentials,
  type RootCredential,
} from './iam/index.ts'
export type { AccessRequest, Principal } from './principal.ts'
export {
  bucketOfHost,
  type Codec,
  createResolver,
  createServiceWires,
  credentialScope,
  parseRequestUrl,
  type ReplyContext,
  type Resolved,
  type ServiceWire,
  type ServiceWires,
  type WireReply,
  type WireRequest,
} from './protocols/index.ts'
export { createServiceHost, type ServiceCall, type ServiceHost } from './service-host.ts'
export { loadServiceFaces, loadServiceModel, type ServiceFace, type ServiceModel } from './service-model.ts'
export { anonymous, type Credential, type CredentialsDirectory } from './sigv4/index.ts'
