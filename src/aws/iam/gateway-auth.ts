import { AwsError } from '../aws-error.ts'
import type { RequestAuthenticator, SignedRequest } from '../door-contract.ts'
import type { AccessRequest, Principal } from '../principal.ts'
import type { Call } from './authorize.ts'
import { callerContext } from './caller-context.ts'
import type { Decision } from './policy/decide.ts'
import { evaluatePolicy } from './policy/evaluate-policy.ts'
import type { PolicyCache } from './policy/policy-cache.ts'

/** A request to an `AWS_IAM` method of the API door. */
export type ApiRequest = Pick<
  SignedRequest,
  'method' | 'rawUrl' | 'rawHeaders' | 'sourceIp' | 'secure' | 'now' | 'requestId'
> & { readonly body: Uint8Array }

/** The gateway responses that a signature can lead to. */
export type SignatureFailure =
  | 'MISSING_AUTHENTICATION_TOKEN'
  | 'INVALID_SIGNATURE'
  | 'EXPIRED_TOKEN'
  | 'ACCESS_DENIED'

/** Who calls, or what API Gateway answers. */
export type ApiAuthentication =
  | { readonly principal: Principal; readonly cognito?: CognitoSession }
  | {
      readonly failure: SignatureFailure
      readonly message: string
      readonly errorType: string
      readonly evidence?: unknown
    }

/** What credentials of an identity pool say about their user; `$context.identity.cognito…`. */
export interface CognitoSession {
  readonly identityId: string
  readonly identityPoolId: string
  readonly authenticationType: string
  readonly authenticationProvider: string | undefined
}

/** One call of a method, put before the policies. */
export type ApiAccess = AccessRequest &
  Pick<Call, 'account' | 'region' | 'sourceIp' | 'secure' | 'userAgent' | 'referer' | 'now'>

/** What the API door asks about callers and policies. */
export interface ApiAuth {
  authenticate(request: ApiRequest): Promise<ApiAuthentication>
  authorize(principal: Principal, access: ApiAccess): Promise<Decision['effect']>
  evaluate(policy: unknown, principal: Principal, access: ApiAccess): Decision['effect']
}

/** Answers the API door out of the same parts as the AWS door. */
export function createApiAuth(parts: {
  readonly authenticator: RequestAuthenticator
  readonly decide: (call: Call, access: AccessRequest) => Promise<Decision['effect']>
  readonly compile: PolicyCache
}): ApiAuth {
  return {
    async authenticate(request) {
      try {
        const { principal } = await parts.authenticator.authenticate({
          ...request,
          signingName: 'execute-api',
          service: 'execute-api',
          protocol: 'restJson1',
          operation: 'Invoke',
          signatureOptional: false,
        })
        const cognito = cognitoSession(principal)
        return cognito === undefined ? { principal } : { principal, cognito }
      } catch (error) {
        if (!(error instanceof AwsError)) throw error
        return {
          failure: failures[error.code] ?? 'INVALID_SIGNATURE',
          message: error.message,
          errorType: error.code,
          evidence: error.cause,
        }
      }
    },
    authorize: (principal, access) => parts.decide(callOf(principal, access), access),
    evaluate(policy, principal, access) {
      const context = callerContext({
        ...callOf(principal, access),
        resourceAccount: access.resourceAccount ?? access.account,
        conditions: access.conditions,
      })
      let effect: Decision['effect'] = 'implicit-deny'
      for (const resource of access.resources) {
        const verdict = evaluatePolicy(
          parts.compile(policy),
          { action: access.action, resource, context },
          principal,
        )
        if (verdict.effect === 'deny') return 'explicit-deny'
        if (verdict.effect === 'silent') return 'implicit-deny'
        effect = 'allow'
      }
      return effect
    },
  }
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html */
const failures: Readonly<Record<string, SignatureFailure>> = {
  MissingAuthenticationTokenException: 'MISSING_AUTHENTICATION_TOKEN',
  ExpiredTokenException: 'EXPIRED_TOKEN',
}

function callOf(principal: Principal, access: ApiAccess): Call {
  const { account, region, sourceIp, secure, userAgent, referer, now } = access
  return {
    principal,
    account,
    region,
    sourceIp,
    secure,
    userAgent,
    referer,
    now,
    service: 'execute-api',
    protocol: 'restJson1',
  }
}

function cognitoSession({ sessionContext }: Principal): CognitoSession | undefined {
  const identityId = one(sessionContext['cognito-identity.amazonaws.com:sub'])
  const identityPoolId = one(sessionContext['cognito-identity.amazonaws.com:aud'])
  if (identityId === undefined || identityPoolId === undefined) return undefined
  const methods = [sessionContext['cognito-identity.amazonaws.com:amr'] ?? []].flat()
  const authenticated = methods.includes('authenticated')
  const providers = methods.filter(method => method !== 'authenticated' && method !== 'unauthenticated')
  return {
    identityId,
    identityPoolId,
    authenticationType: authenticated ? 'authenticated' : 'unauthenticated',
    authenticationProvider: providers.length === 0 ? undefined : providers.join(','),
  }
}

function one(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'object' ? value[0] : value
}
