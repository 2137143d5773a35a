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
export type { AccessRequest, Principal } from './principal.ts'
