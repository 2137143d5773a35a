import { anonymousPrincipal } from '../../aws/index.ts'
import type { Matched } from '../call.ts'
import type { GatewayParts } from '../gateway.ts'
import type { AccessDecision, GatewayAccess } from '../gateway-auth.ts'
import { GatewayError } from '../gateway-error.ts'
import type { AuthorizerVerdict } from './cache.ts'
import { accessOf } from './iam.ts'

/** Holds the policy that a Lambda authorizer returned against this request; the texts are AWS's. */
export function evaluateVerdict(parts: GatewayParts, matched: Matched, verdict: AuthorizerVerdict): void {
  const access = accessOf(parts, matched)
  const decision =
    parts.auth?.evaluate(verdict.policy, anonymousPrincipal(parts.account, verdict.principalId), access) ??
    evaluateSimply(verdict.policy, access)
  if (decision === 'allow') return
  throw new GatewayError('ACCESS_DENIED', {
    message: `User is not authorized to access this resource${decision === 'explicit-deny' ? ' with an explicit deny' : ''}`,
    explanation: `the authorizer's policy does not allow ${access.action} on ${access.resources[0]}`,
  })
}

/** Effect, Action and Resource only, for gateways made without a policy engine. */
function evaluateSimply(policy: unknown, access: GatewayAccess): AccessDecision {
  let allowed = false
  for (const statement of list((policy as { Statement?: unknown }).Statement)) {
    const { Effect, Action, NotAction, Resource, NotResource, Condition } = statement as Record<
      string,
      unknown
    >
    if (Condition !== undefined)
      throw new GatewayError('AUTHORIZER_CONFIGURATION_ERROR', {
        explanation: 'the authorizer’s policy has a Condition and this gateway was made without `auth`',
      })
    const action =
      matchesAny(Action, access.action) || (NotAction !== undefined && !matchesAny(NotAction, access.action))
    const resource = access.resources.every(
      arn => matchesAny(Resource, arn) || (NotResource !== undefined && !matchesAny(NotResource, arn)),
    )
    if (!action || !resource) continue
    if (Effect === 'Deny') return 'explicit-deny'
    if (Effect === 'Allow') allowed = true
  }
  return allowed ? 'allow' : 'implicit-deny'
}

function list(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}

function matchesAny(patterns: unknown, text: string): boolean {
  return list(patterns).some(pattern => {
    const source = String(pattern).replaceAll(/[\\^$.*+?()[\]{}|]/g, character =>
      character === '*' ? '.*' : character === '?' ? '.' : `\\${character}`,
    )
    return new RegExp(`^${source}$`, 'is').test(text)
  })
}
