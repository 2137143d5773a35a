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

/** Asks one policy: a matching Deny wins over every Allow. */
export function evaluatePolicy(
  policy: CompiledPolicy,
  request: PolicyRequest,
  principal: Principal,
): PolicyVerdict {
  let allowed: PolicyVerdict | undefined
  for (const statement of policy.statements) {
    if (allowed !== undefined && statement.effect === 'Allow' && allowed.match === undefined) continue
    if (!statement.matchesAction(request.action) || !statement.matchesResource(request)) continue
    const match = matchPrincipal(statement, principal)
    if (match === 'no' || !statement.conditions.every(condition => condition(request.context))) continue
    if (statement.effect === 'Deny') return { effect: 'deny', statement }
    if (match === undefined) allowed ??= { effect: 'allow', statement }
    else if (allowed?.match === undefined || strength[match] > strength[allowed.match])
      allowed = { effect: 'allow', statement, match }
  }
  return allowed ?? silent
}

function matchPrincipal(
  statement: CompiledStatement,
  principal: Principal,
): PrincipalMatch | 'no' | undefined {
  if (statement.principal !== undefined) return statement.principal(principal) ?? 'no'
  if (statement.notPrincipal !== undefined)
    return statement.notPrincipal(principal) === undefined ? 'everyone' : 'no'
  return undefined
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
