import type {
  ValidateResourcePolicyRequest,
  ValidateResourcePolicyResponse,
} from '@aws-sdk/client-secrets-manager'
import { malformedPolicy } from '../errors.ts'
import { policyProblems } from '../policy-checks.ts'
import { locateSecret } from '../secret-ids.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ValidateResourcePolicy.html */
export const ValidateResourcePolicy: Operation<
  ValidateResourcePolicyRequest,
  ValidateResourcePolicyResponse
> = async (context, input) => {
  const { SecretId: secretId } = input
  if (secretId !== undefined)
    await context.state.store.read(reader => locateSecret(reader, secretId, context))
  const problems = policyProblems(input.ResourcePolicy ?? '')
  const [unreadable] = problems.filter(({ check }) => check === 'JSON')
  if (unreadable !== undefined) throw malformedPolicy(unreadable.message)
  return {
    PolicyValidationPassed: problems.length === 0,
    ValidationErrors: problems.map(({ check, message }) => ({ CheckName: check, ErrorMessage: message })),
  }
}
