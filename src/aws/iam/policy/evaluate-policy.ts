import type { Principal } from '../../principal.ts'
import type { CompiledPolicy, CompiledStatement } from './compile-policy.ts'
import type { PrincipalMatch } from './principals.ts'
import type { PolicyRequest } from './request-context.ts'

/** What one policy says about a request. */
export interface PolicyVerdict {
  readonly effect: 'allow' | 'deny' | 'silent'
  /** The statement that decided. */
  readonly statement?: CompiledStatement
  /** How the strongest allowing statement names the caller; policies that name principals only. */
  readonly match?: PrincipalMatch
}

const silent: PolicyVerdict = { effect: 'silent' }
const strength: Readonly<Record<PrincipalMatch, number>> = { account: 0, role: 1, everyone: 2, identity: 3 }

/**
 * Asks one policy: a matching Deny wins over every Allow. `bounded` says that the caller has a permissions boundary, for
 * such a caller is exempt from no Deny with NotPrincipal.
 */
export function evaluatePolicy(
  policy: CompiledPolicy,
  request: PolicyRequest,
  principal: Principal,
  bounded = false,
): PolicyVerdict {
  let allowed: PolicyVerdict | undefined
  for (const statement of policy.statements) {
    if (allowed !== undefined && statement.effect === 'Allow' && allowed.match === undefined) continue
    if (!statement.matchesAction(request.action) || !statement.matchesResource(request)) continue
    const match = matchPrincipal(statement, principal, bounded)
    if (match === 'no' || !statement.conditions.every(condition => condition(request.context))) continue
    if (statement.effect === 'Deny') return { effect: 'deny', statement }
    if (match === undefined) allowed ??= { effect: 'allow', statement }
    else if (allowed?.match === undefined || strength[match] > strength[allowed.match])
      allowed = { effect: 'allow', statement, match }
  }
  return allowed ?? silent
}

function matchPrincipal(
  { principal: named, notPrincipal: spared, effect }: CompiledStatement,
  principal: Principal,
  bounded: boolean,
): PrincipalMatch | 'no' | undefined {
  if (named !== undefined) return named(principal) ?? 'no'
  if (spared === undefined) return undefined
  return (bounded && effect === 'Deny') || !isSpared(spared(principal), principal) ? 'everyone' : 'no'
}

/**
 * NotPrincipal spares whom it names; an account that stands beside the caller, as AWS asks for, spares none of its users.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
function isSpared(match: PrincipalMatch | undefined, { kind }: Principal): boolean {
  return match === 'account' ? kind === 'root' : match !== undefined
}

/** Asks several policies of one kind: any Deny, else any Allow. */
export function evaluatePolicies(
  policies: readonly CompiledPolicy[],
  request: PolicyRequest,
  principal: Principal,
): PolicyVerdict {
  let allowed: PolicyVerdict | undefined
  for (const policy of policies) {
    const verdict = evaluatePolicy(policy, request, principal)
    if (verdict.effect === 'deny') return verdict
    if (verdict.effect === 'allow') allowed ??= verdict
  }
  return allowed ?? silent
}
