import { managedDocument, policyProblem } from '../../aws/index.ts'
import type { Reader } from '../../stores/index.ts'
import { malformedPolicy, packedPolicyTooLarge, validationError } from './errors.ts'

/** What AssumeRole and its sisters take beside the role. */
export interface SessionPolicyInput {
  readonly Policy?: string | undefined
  readonly PolicyArns?: readonly { readonly arn?: string | undefined }[] | undefined
}

/** Bytes of policy and tags in plain text. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const plainLimit = 2048

/** Session policies as documents; an empty list where none was given. */
export function sessionPolicies(
  reader: Reader,
  account: string,
  input: SessionPolicyInput,
): readonly string[] {
  const own = input.Policy === undefined ? [] : [checked(input.Policy)]
  const managed = (input.PolicyArns ?? []).map(({ arn = '' }) => {
    const document = managedDocument(reader, account, arn)
    if (document === undefined)
      throw validationError(`Policy ARN ${arn} does not exist or is not attachable.`)
    return document
  })
  return [...own, ...managed]
}

function checked(text: string): string {
  const problem = policyProblem(text, 'session')
  if (problem !== undefined) throw malformedPolicy(problem)
  if (text.length > plainLimit) throw packedPolicyTooLarge(percentOf(text.length))
  return text
}

/** `PackedPolicySize`: how much of the allotted space is used, in percent; absent where nothing was given. */
export function packedSize(
  input: SessionPolicyInput,
  tags: Readonly<Record<string, string>>,
): { PackedPolicySize?: number } {
  const tagBytes = Object.entries(tags).reduce((sum, [key, value]) => sum + key.length + value.length, 0)
  const bytes = (input.Policy?.length ?? 0) + tagBytes + 60 * (input.PolicyArns?.length ?? 0)
  return bytes === 0 ? {} : { PackedPolicySize: percentOf(bytes) }
}

function percentOf(bytes: number): number {
  return Math.max(1, Math.ceil((bytes / plainLimit) * 100))
}
