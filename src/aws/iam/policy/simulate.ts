import type { Principal } from '../../principal.ts'
import { compilePolicy } from './compile-policy.ts'
import { decide } from './decide.ts'
import { evaluatePolicy } from './evaluate-policy.ts'
import { type ConditionValue, contextOf } from './request-context.ts'

/** One question to the simulator: documents are JSON texts. */
export interface SimulatedRequest {
  readonly principal: Principal
  readonly action: string
  readonly resource: string
  readonly identity: readonly { readonly id: string; readonly document: string }[]
  readonly boundary?: string
  readonly resourcePolicy?: string
  readonly context: Readonly<Record<string, ConditionValue>>
}

/** What IAM's simulator tells of one action on one resource. */
export interface SimulatedDecision {
  readonly decision: 'allowed' | 'explicitDeny' | 'implicitDeny'
  readonly allowedByBoundary?: boolean
  /** Ids of the policies with a statement that matched. */
  readonly matched: readonly string[]
}

/** Answers SimulateCustomPolicy and SimulatePrincipalPolicy with the engine that decides real calls. */
export function simulate(question: SimulatedRequest): SimulatedDecision {
  const { principal, action, resource, boundary, resourcePolicy } = question
  const request = { action, resource, context: contextOf(question.context) }
  const identity = question.identity.map(({ document }) => compilePolicy(JSON.parse(document)))
  const compiledBoundary = boundary === undefined ? undefined : compilePolicy(JSON.parse(boundary))
  const decision = decide(
    {
      identity,
      resourceMustAllow: false,
      crossAccount: false,
      ...(compiledBoundary === undefined ? {} : { boundary: compiledBoundary }),
      ...(resourcePolicy === undefined ? {} : { resource: compilePolicy(JSON.parse(resourcePolicy)) }),
    },
    request,
    principal,
  )
  return {
    decision: words[decision.effect],
    matched: question.identity
      .filter((_, at) => {
        const policy = identity[at]
        return policy !== undefined && evaluatePolicy(policy, request, principal).effect !== 'silent'
      })
      .map(({ id }) => id),
    ...(compiledBoundary === undefined
      ? {}
      : { allowedByBoundary: evaluatePolicy(compiledBoundary, request, principal).effect === 'allow' }),
  }
}

const words = { allow: 'allowed', 'explicit-deny': 'explicitDeny', 'implicit-deny': 'implicitDeny' } as const

/** The condition keys that a document asks for, as written. */
export function conditionKeysOf(document: string): readonly string[] {
  const { Statement } = JSON.parse(document) as { readonly Statement?: unknown }
  const keys = new Set<string>()
  for (const statement of [Statement ?? []].flat()) {
    const { Condition = {} } = statement as { readonly Condition?: Readonly<Record<string, object>> }
    for (const block of Object.values(Condition)) for (const key of Object.keys(block)) keys.add(key)
  }
  for (const [, key] of document.matchAll(/\$\{([A-Za-z0-9-]+:[^},]+)/g)) keys.add((key as string).trim())
  return [...keys]
}
