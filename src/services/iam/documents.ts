import { type PolicyUse, policyProblem } from '../../aws/index.ts'
import { malformedPolicy } from './errors.ts'

/** A document that IAM takes, as it was given; MalformedPolicyDocument otherwise. */
export function checkedDocument(text: string | undefined, use: PolicyUse): string {
  const problem = policyProblem(text ?? '', use)
  if (problem !== undefined) throw malformedPolicy(problem)
  return text ?? ''
}

/** Quotas count a document without its white space. */
export function documentSize(text: string): number {
  return text.replace(/\s/g, '').length
}
