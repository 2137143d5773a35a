import type { Principal } from '../aws/index.ts'
import type { Activity, Clock, Functions, Ids, Journal, Logger } from '../ports/index.ts'
import type { ProjectSnapshot } from '../project/index.ts'
import type { TemplateEngine } from '../vtl/index.ts'
import { type AuthorizerCache, createAuthorizerCache } from './authorizers/cache.ts'
import type { ApiKeys, GatewayAuth, VerifyToken } from './gateway-auth.ts'
import { handle } from './handle.ts'
import type { ServiceCredentials } from './integrations/service.ts'
import type { GatewayReply, GatewayRequest } from './messages.ts'
import { compilePlan, type GatewayPlan } from './plan.ts'
import { createThrottles, type Throttles } from './throttles.ts'

/** What a gateway is made of. */
export interface GatewayDependencies {
  readonly functions: Functions
  readonly clock: Clock
  readonly ids: Ids
  readonly journal: Journal
  readonly log: Logger
  readonly activity: Activity
  readonly account: string
  readonly region: string
  /** Makes `$context`; templates themselves come compiled with the snapshot. */
  readonly templates: TemplateEngine
  /** Judges AWS_IAM methods and resource policies; without it such requests are refused and the log says why. */
  readonly auth?: GatewayAuth
  /** Verifies tokens for Cognito authorizers; without it such requests are refused and the log says why. */
  readonly verifyToken?: VerifyToken
  readonly apiKeys?: ApiKeys
  /** The AWS door, where integrations with other services go: `http://127.0.0.1:4566`. */
  readonly awsEndpoint?: () => string
  /** Signs those calls; `as` is the integration's role, the caller whose credentials are passed on, or nobody. */
  readonly credentials?: (
    as: string | Principal | undefined,
  ) => ServiceCredentials | Promise<ServiceCredentials>
  readonly limits?: Partial<GatewayLimits>
}

/** Bounds; the defaults are AWS's. */
export interface GatewayLimits {
  /** Bytes of a request's URL and headers together (10,240). */
  readonly headerBytes: number
  /** Bytes of an answer's body (10 MB). */
  readonly responseBytes: number
  /** False lets integrations run as long as they like, for debugging. */
  readonly integrationTimeouts: () => boolean
}

/** Everything that the stages share, and the plan of the snapshot that a request began with. */
export interface GatewayParts extends Omit<GatewayDependencies, 'limits'> {
  readonly limits: GatewayLimits
  readonly plan: GatewayPlan
  readonly authorizerCache: AuthorizerCache
  readonly throttles: Throttles
}

/** The data plane: answers requests by the snapshot in use. */
export interface Gateway {
  /** Answers from now on by this snapshot; requests in flight finish on theirs. */
  use(snapshot: ProjectSnapshot): void
  handle(request: GatewayRequest): Promise<GatewayReply>
  /** Forgets what earlier requests left: answers of authorizers, rates and quotas that are used up. */
  forget(): void
  stop(): void
}

/** Makes a gateway that knows no API until `use`. */
export function createGateway(dependencies: GatewayDependencies): Gateway {
  const limits: GatewayLimits = {
    headerBytes: 10_240,
    responseBytes: 10 * 1024 * 1024,
    integrationTimeouts: () => true,
    ...dependencies.limits,
  }
  const throttles = createThrottles(dependencies.clock)
  const parts = (snapshot: ProjectSnapshot): GatewayParts => ({
    ...dependencies,
    limits,
    plan: compilePlan(dependencies.templates, snapshot),
    authorizerCache: createAuthorizerCache(dependencies.clock),
    throttles,
  })
  let current = parts({
    version: 0,
    apis: [],
    stages: new Map(),
    functions: new Map(),
    findings: [],
  })
  return {
    use: snapshot => {
      current = parts(snapshot)
    },
    handle: request => handle(current, request),
    forget() {
      current.authorizerCache.clear()
      throttles.clear()
      dependencies.apiKeys?.forget?.()
    },
    stop: () => current.authorizerCache.clear(),
  }
}
