import { type CallerFacts, callerContext } from './caller-context.ts'
import { compilePolicy } from './policy/compile-policy.ts'
import { evaluatePolicy } from './policy/evaluate-policy.ts'

/** A question to one trust policy. */
export interface TrustQuestion extends Omit<CallerFacts, 'resourceAccount'> {
  readonly action: string
  /** The role's account. */
  readonly account: string
}

/** Whether a role's trust policy alone lets a federated caller in, who has no policies of its own. */
export function trusts(document: string, question: TrustQuestion): boolean {
  const context = callerContext({ ...question, resourceAccount: question.account })
  const request = { action: question.action, resource: '*', context }
  return evaluatePolicy(compilePolicy(JSON.parse(document)), request, question.principal).effect === 'allow'
}
