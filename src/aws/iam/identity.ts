import type { Clock, Ids, Logger } from '../../ports/index.ts'
import type { Store } from '../../stores/index.ts'
import { AwsError } from '../aws-error.ts'
import type { Authorizer, RequestAuthenticator } from '../door-contract.ts'
import type { AccessRequest } from '../principal.ts'
import {
  believe,
  type CredentialsDirectory,
  createAuthenticator,
  createFormAuthenticator,
  type FormAuthenticator,
} from '../sigv4/index.ts'
import { type Call, firstDenial, ownerPasses } from './authorize.ts'
import { type CallersPolicies, collectPolicies } from './collect-policies.ts'
import { type Denial, denialError, denialEvidence, denialMessage } from './denial.ts'
import { createDirectory, type RootCredential } from './directory.ts'
import { type ApiAuth, createApiAuth } from './gateway-auth.ts'
import { rootPrincipal } from './known-principals.ts'
import { createPolicyCache } from './policy/policy-cache.ts'
import {
  type ActAs,
  createActAs,
  createRoleCredentials,
  type IssueRoleCredentials,
} from './role-credentials.ts'

/** What identity is built from. */
export interface IdentityOptions {
  readonly store: Store
  readonly clock: Pick<Clock, 'now'>
  readonly ids: Ids
  readonly log: Logger
  /** Root keys out of the configuration. */
  readonly credentials: readonly RootCredential[]
  /** Whose resources are meant where a caller is not known; the account of functions. */
  readonly account: string
  /** `warn` lets pass and prints what AWS would have refused; `off` asks nobody. */
  readonly auth: 'on' | 'warn' | 'off'
}

/** Everything about who calls and what they may do. */
export interface Identity {
  /** For the AWS door. */
  readonly authenticator: RequestAuthenticator
  readonly authorizer: Authorizer
  /** For the API door: `AWS_IAM` methods, resource policies, Lambda authorizers' policies. */
  readonly apiAuth: ApiAuth
  readonly credentials: CredentialsDirectory
  /** For S3: who signed the policy of an HTML form. */
  readonly authenticateForm: FormAuthenticator
  /** For functions and integrations: temporary credentials of a role. */
  readonly issueRoleCredentials: IssueRoleCredentials
  /** For integrations that pass their caller's credentials on. */
  readonly actAs: ActAs
}

/** Builds identity for one simulator. */
export function createIdentity(options: IdentityOptions): Identity {
  const { store, log, auth } = options
  const credentials = createDirectory(store, options.credentials)
  const compile = createPolicyCache()
  const warned = new Set<string>()
  const strict = createAuthenticator(credentials)
  const trust = (request: Parameters<RequestAuthenticator['authenticate']>[0]) =>
    believe(request, credentials, rootPrincipal(options.account))

  const authenticator: RequestAuthenticator =
    auth === 'on'
      ? strict
      : auth === 'off'
        ? { authenticate: trust }
        : {
            async authenticate(request) {
              try {
                return await strict.authenticate(request)
              } catch (error) {
                if (!(error instanceof AwsError)) throw error
                log.warn(
                  { requestId: request.requestId, code: error.code, evidence: error.cause },
                  `auth: warn · AWS would have refused this request: ${error.code}: ${error.message}`,
                )
                return trust(request)
              }
            },
          }

  const passes = (call: Call, access: readonly AccessRequest[]): boolean =>
    auth === 'off' || ownerPasses(call, access)
  const denialOf = async (call: Call, access: readonly AccessRequest[]): Promise<Denial | undefined> => {
    if (passes(call, access)) return undefined
    const callers: CallersPolicies = await store.read(reader => collectPolicies(reader, call.principal))
    if (callers.undeclaredRole !== undefined && !warned.has(callers.undeclaredRole)) {
      warned.add(callers.undeclaredRole)
      log.warn(
        { role: callers.undeclaredRole },
        `The role ${callers.undeclaredRole} was never created, so it may do everything. Create it (iam create-role, put-role-policy) to have its permissions checked.`,
      )
    }
    const denial = firstDenial(call, access, callers, compile)
    if (denial === undefined || auth === 'on') return denial
    log.warn(
      { principal: denial.principal.arn, ...denialEvidence(denial) },
      `auth: warn · AWS would have refused this call: ${denialMessage(denial)}`,
    )
    return undefined
  }

  return {
    authenticator,
    credentials,
    authenticateForm: createFormAuthenticator(credentials),
    authorizer: {
      authorize(request) {
        if (passes(request, request.access)) return
        return denialOf(request, request.access).then(denial => {
          if (denial !== undefined) throw denialError(denial)
        })
      },
    },
    apiAuth: createApiAuth({
      authenticator,
      compile,
      decide: async (call, access) => (await denialOf(call, [access]))?.decision.effect ?? 'allow',
    }),
    issueRoleCredentials: createRoleCredentials(store, options, options.account),
    actAs: createActAs(store, options),
  }
}
