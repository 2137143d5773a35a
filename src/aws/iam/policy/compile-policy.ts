import { type Condition, type ConditionBlock, compileConditions, textList } from './conditions.ts'
import { compilePrincipal, type PrincipalMatcher } from './principals.ts'
import type { PolicyRequest } from './request-context.ts'
import { compileText, type TextPattern } from './text-pattern.ts'

/** A policy document, ready to be asked. */
export interface CompiledPolicy {
  readonly statements: readonly CompiledStatement[]
}

/** One statement, ready to be asked. */
export interface CompiledStatement {
  readonly sid: string | undefined
  /** Counts from 0; for pointing at the statement. */
  readonly position: number
  readonly effect: 'Allow' | 'Deny'
  readonly matchesAction: (action: string) => boolean
  readonly matchesResource: (request: PolicyRequest) => boolean
  readonly conditions: readonly Condition[]
  /** Absent in identity-based policies. */
  readonly principal?: PrincipalMatcher
  readonly notPrincipal?: PrincipalMatcher
}

/** Compiles a parsed document that has passed validation; what a policy cannot say matches nothing. */
export function compilePolicy(document: unknown): CompiledPolicy {
  const { Version: version, Statement: statement } = (document ?? {}) as Record<string, unknown>
  const variables = version === '2012-10-17'
  const statements = Array.isArray(statement) ? statement : statement === undefined ? [] : [statement]
  return { statements: statements.map((item, position) => compileStatement(item, position, variables)) }
}

function compileStatement(source: unknown, position: number, variables: boolean): CompiledStatement {
  const statement = (source ?? {}) as Record<string, unknown>
  return {
    sid: typeof statement['Sid'] === 'string' ? statement['Sid'] : undefined,
    position,
    effect: statement['Effect'] === 'Allow' ? 'Allow' : 'Deny',
    matchesAction: compileActions(statement['Action'], statement['NotAction']),
    matchesResource: compileResources(statement['Resource'], statement['NotResource'], variables),
    conditions: compileConditions((statement['Condition'] ?? {}) as ConditionBlock, variables),
    ...('Principal' in statement ? { principal: compilePrincipal(statement['Principal']) } : {}),
    ...('NotPrincipal' in statement ? { notPrincipal: compilePrincipal(statement['NotPrincipal']) } : {}),
  }
}

const noContext = () => undefined

function compileActions(action: unknown, notAction: unknown): (action: string) => boolean {
  const tests = textList(action ?? notAction ?? []).flatMap(
    text => compileText(text.toLowerCase(), { variables: false, wildcards: true })(noContext) ?? [],
  )
  const wanted = action !== undefined
  return name => {
    const lower = name.toLowerCase()
    return tests.some(test => test(lower)) === wanted
  }
}

/** Trust policies and the like have no Resource: they are about what they are attached to. */
function compileResources(
  resource: unknown,
  notResource: unknown,
  variables: boolean,
): (request: PolicyRequest) => boolean {
  if (resource === undefined && notResource === undefined) return () => true
  const patterns = textList(resource ?? notResource).map(text => compileResource(text, variables))
  const wanted = resource !== undefined
  return ({ resource: arn, context }) => {
    for (const pattern of patterns) {
      const test = pattern(context)
      // An unresolved variable names no resource; left out of NotResource, it must not widen the statement either.
      if (test === undefined && !wanted) return false
      if (test?.(arn)) return wanted
    }
    return !wanted
  }
}

/**
 * API Gateway's own policies may leave out everything in front of the stage: `execute-api:/dev/GET/pets`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html
 */
function compileResource(text: string, variables: boolean): TextPattern {
  const short = text.startsWith('execute-api:/')
  const pattern = compileText(short ? text.slice('execute-api:/'.length) : text, {
    variables,
    wildcards: true,
  })
  if (!short) return pattern
  return context => {
    const test = pattern(context)
    return test && (arn => arn.includes(':execute-api:') && test(arn.slice(arn.indexOf('/') + 1)))
  }
}
