export { createGateway, type Gateway, type GatewayDependencies, type GatewayLimits } from './gateway.ts'
export type {
  AccessDecision,
  ApiKey,
  ApiKeys,
  AuthenticationRequest,
  AuthenticationResult,
  CognitoIdentity,
  GatewayAccess,
  GatewayAuth,
  TokenClaims,
  VerifyToken,
} from './gateway-auth.ts'
export { GatewayError } from './gateway-error.ts'
export type { ServiceCredentials } from './integrations/service.ts'
export type { GatewayAddress, GatewayReply, GatewayRequest } from './messages.ts'
export { requestTime } from './request-context.ts'
export { createApiKeys, type UsagePlan } from './usage-plans.ts'
