import type { AuthorizationRequest } from '../door-contract.ts'
import type { AccessRequest } from '../principal.ts'
import { callerContext } from './caller-context.ts'
import type { CallersPolicies } from './collect-policies.ts'
import type { Denial } from './denial.ts'
import type { CompiledPolicy } from './policy/compile-policy.ts'
import { type Decision, type DecisionPolicies, decide } from './policy/decide.ts'
import type { PolicyCache } from './policy/policy-cache.ts'

/** The part of a call that decides; what the API door and the AWS door have in common. */
export type Call = Omit<AuthorizationRequest, 'access' | 'operation' | 'requestId'>

const everything: CompiledPolicy = {
  statements: [
    {
      sid: undefined,
      position: 0,
      effect: 'Allow',
      matchesAction: () => true,
      matchesResource: () => true,
      conditions: [],
    },
  ],
}

/** Decides about all resources of one access request; the first that is refused, or the last decision. */
export function decideAccess(
  call: Call,
  access: AccessRequest,
  callers: CallersPolicies,
  compile: PolicyCache,
): { readonly decision: Decision; readonly resource: string } {
  const { principal } = call
  const resourceAccount = access.resourceAccount ?? call.account
  const stranger = principal.kind === 'anonymous' || principal.kind === 'service'
  const policies: DecisionPolicies = {
    identity:
      principal.kind === 'root' || callers.undeclaredRole !== undefined || callers.issuedByRoot === true
        ? [everything]
        : callers.identity.map(compile),
    ...(callers.boundary === undefined ? {} : { boundary: compile(callers.boundary) }),
    ...(principal.sessionPolicies.length === 0 ? {} : { session: principal.sessionPolicies.map(compile) }),
    ...(access.resourcePolicy === undefined ? {} : { resource: compile(access.resourcePolicy) }),
    resourceMustAllow: access.resourcePolicyMustAllow ?? false,
    crossAccount: !stranger && resourceAccount !== principal.account,
  }
  const context = callerContext({ ...call, resourceAccount, conditions: access.conditions })
  let last: { decision: Decision; resource: string } | undefined
  for (const resource of access.resources) {
    const decision = decide(policies, { action: access.action, resource, context }, principal)
    last = { decision, resource }
    if (decision.effect !== 'allow') return last
  }
  return last ?? { decision: { effect: 'allow', kind: 'identity-based policy' }, resource: '*' }
}

/** The first refusal among all that a call needs. */
export function firstDenial(
  call: Call,
  access: readonly AccessRequest[],
  callers: CallersPolicies,
  compile: PolicyCache,
): Denial | undefined {
  for (const request of access) {
    const { decision, resource } = decideAccess(call, request, callers, compile)
    if (decision.effect === 'allow') continue
    const { principal, service, protocol, region } = call
    return {
      decision,
      principal,
      action: request.action,
      resource,
      service,
      protocol,
      region,
      account: request.resourceAccount ?? call.account,
    }
  }
  return undefined
}

/** The owner of an account passes everything in it; only another account's resources, and policies that bind owners too, have a say. */
export function ownerPasses(
  call: Pick<Call, 'principal' | 'account'>,
  access: readonly AccessRequest[],
): boolean {
  const { principal, account } = call
  return (
    principal.kind === 'root' &&
    access.every(
      request =>
        (request.resourceAccount ?? account) === principal.account && request.policyBindsOwner !== true,
    )
  )
}
