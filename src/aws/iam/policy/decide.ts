import type { Principal } from '../../principal.ts'
import type { CompiledPolicy, CompiledStatement } from './compile-policy.ts'
import { evaluatePolicies, evaluatePolicy, type PolicyVerdict } from './evaluate-policy.ts'
import type { PolicyRequest } from './request-context.ts'

/** The kinds of policies that take part in a decision; the words are those of AWS's denials. */
export type PolicyKind =
  | 'identity-based policy'
  | 'resource-based policy'
  | 'permissions boundary'
  | 'session policy'

/** All policies that speak about one request. */
export interface DecisionPolicies {
  readonly identity: readonly CompiledPolicy[]
  readonly boundary?: CompiledPolicy
  /** Absent where the session brought none. */
  readonly session?: readonly CompiledPolicy[]
  readonly resource?: CompiledPolicy
  /** True where the resource's policy must allow even the account's own callers: trust policies, KMS keys. */
  readonly resourceMustAllow: boolean
  /** The account that owns the resource is not the caller's. */
  readonly crossAccount: boolean
}

/** Allowed or not, and which kind of policy said so (or which one should have allowed). */
export interface Decision {
  readonly effect: 'allow' | 'explicit-deny' | 'implicit-deny'
  readonly kind: PolicyKind
  readonly statement?: CompiledStatement
}

/**
 * IAM's evaluation: an explicit Deny anywhere wins; then, inside one account, either the caller's policies (as far as
 * boundary and session reach) or the resource's policy must allow; across accounts both must.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function decide(policies: DecisionPolicies, request: PolicyRequest, principal: Principal): Decision {
  const ask = (list: readonly CompiledPolicy[]) => evaluatePolicies(list, request, principal)
  const identity = ask(policies.identity)
  const boundary = policies.boundary === undefined ? undefined : ask([policies.boundary])
  const session = policies.session === undefined ? undefined : ask(policies.session)
  const resource =
    policies.resource === undefined
      ? undefined
      : evaluatePolicy(policies.resource, request, principal, boundary !== undefined)
  const denied = firstDeny([
    ['identity-based policy', identity],
    ['resource-based policy', resource],
    ['permissions boundary', boundary],
    ['session policy', session],
  ])
  if (denied !== undefined) return denied

  const limits = limit(boundary, session)
  const own = allowedByIdentity(identity, limits)
  const granted = resource?.effect === 'allow' ? resource : undefined
  if (policies.crossAccount)
    return own.effect === 'allow' && granted === undefined ? missing('resource-based policy') : own
  if (granted !== undefined && granted.match !== 'account') {
    // A role's ARN (or a federated user's issuer) in a resource's policy is still bounded; a user or a session that is
    // named itself is not, nor is `*`:
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
    const bounded = granted.match === 'role'
    if (!bounded || limits === undefined) return allow('resource-based policy', granted)
  }
  if (policies.resourceMustAllow && granted === undefined) return missing('resource-based policy')
  return own
}

function firstDeny(
  verdicts: readonly (readonly [PolicyKind, PolicyVerdict | undefined])[],
): Decision | undefined {
  for (const [kind, verdict] of verdicts)
    if (verdict?.effect === 'deny')
      return {
        effect: 'explicit-deny',
        kind,
        ...(verdict.statement === undefined ? {} : { statement: verdict.statement }),
      }
  return undefined
}

/** The boundary or session policy that keeps silent, if one does. */
function limit(
  boundary: PolicyVerdict | undefined,
  session: PolicyVerdict | undefined,
): PolicyKind | undefined {
  if (boundary?.effect === 'silent') return 'permissions boundary'
  return session?.effect === 'silent' ? 'session policy' : undefined
}

function allowedByIdentity(identity: PolicyVerdict, limits: PolicyKind | undefined): Decision {
  if (identity.effect !== 'allow') return missing('identity-based policy')
  return limits === undefined ? allow('identity-based policy', identity) : missing(limits)
}

function allow(kind: PolicyKind, { statement }: PolicyVerdict): Decision {
  return { effect: 'allow', kind, ...(statement === undefined ? {} : { statement }) }
}

function missing(kind: PolicyKind): Decision {
  return { effect: 'implicit-deny', kind }
}
