import type { AccessRequest, Circumstances, Principal } from '../aws/index.ts'
import type { GatewayResponseType } from '../project/index.ts'

/** A request as it arrived, for its signature (or its absence) to be judged. */
export interface AuthenticationRequest {
  readonly method: string
  /** Path and query exactly as sent. */
  readonly rawUrl: string
  /** `[name, value, name, value …]` exactly as sent. */
  readonly rawHeaders: readonly string[]
  readonly body: Uint8Array
  readonly sourceIp: string
  readonly secure: boolean
  /** The name in the credential scope. */
  readonly service: 'execute-api'
  readonly now: number
  readonly requestId: string
}

/** Who calls, or the gateway response that API Gateway gives to such a request. */
export type AuthenticationResult =
  | {
      readonly principal: Principal
      /** Cognito identity-pool facts that the session carries; `$context.identity.cognito…`. */
      readonly cognito?: CognitoIdentity
    }
  | {
      readonly failure: Extract<
        GatewayResponseType,
        'MISSING_AUTHENTICATION_TOKEN' | 'INVALID_SIGNATURE' | 'EXPIRED_TOKEN' | 'ACCESS_DENIED'
      >
      /** The text that AWS sends, with canonical request and string to sign where it shows them. */
      readonly message: string
      /** `x-amzn-ErrorType`: `InvalidSignatureException`, `UnrecognizedClientException`, `IncompleteSignatureException` … */
      readonly errorType: string
      /** What the journal keeps: canonical request, string to sign, the likeliest cause. */
      readonly evidence?: unknown
    }

/** What a session of an identity pool says about its user. */
export interface CognitoIdentity {
  readonly identityId: string
  readonly identityPoolId: string
  /** `authenticated` or `unauthenticated`. */
  readonly authenticationType: string
  readonly authenticationProvider: string | undefined
}

/** `resourcePolicy` of the request is the API's own policy; without it only the caller's policies count. */
export interface GatewayAccess extends AccessRequest, Circumstances {
  readonly account: string
}

/** What the policies say. */
export type AccessDecision = 'allow' | 'explicit-deny' | 'implicit-deny'

/** How the gateway asks who calls an `AWS_IAM` method and whether policies let them. */
export interface GatewayAuth {
  authenticate(request: AuthenticationRequest): AuthenticationResult | Promise<AuthenticationResult>
  /** Evaluates the caller's policies together with the API's resource policy. */
  authorize(principal: Principal, access: GatewayAccess): AccessDecision | Promise<AccessDecision>
  /**
   * Evaluates one policy document alone: what a Lambda authorizer returned, or a resource policy for a caller whom no
   * identity-based policy describes.
   */
  evaluate(policy: unknown, principal: Principal, access: GatewayAccess): AccessDecision
}

/** Claims of a verified Cognito token. */
export type TokenClaims = Readonly<Record<string, unknown>>

/** Verifies a token of one of the user pools; undefined where it is not valid. */
export type VerifyToken = (
  token: string,
  userPoolArns: readonly string[],
) => TokenClaims | undefined | Promise<TokenClaims | undefined>

/** One API key as a usage plan sees it. */
export interface ApiKey {
  readonly id: string
  readonly value: string
  readonly enabled: boolean
}

/** Finds keys by their value and counts their use. */
export interface ApiKeys {
  find(value: string): ApiKey | undefined
  /** Says whether this use exceeds the key's rate or its quota, or is none of its plan's. */
  use?(key: ApiKey, api: string, stage: string): 'ok' | 'no-plan' | 'throttled' | 'quota-exceeded'
  /** Nothing has been used so far. */
  forget?(): void
}
