import type { PutResourcePolicyRequest, PutResourcePolicyResponse } from '@aws-sdk/client-secrets-manager'
import { changeSecret } from '../change-secret.ts'
import { malformedPolicy, publicPolicy } from '../errors.ts'
import { policyProblems } from '../policy-checks.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutResourcePolicy.html */
export const PutResourcePolicy: Operation<PutResourcePolicyRequest, PutResourcePolicyResponse> = async (
  context,
  input,
) => {
  const text = input.ResourcePolicy ?? ''
  for (const { check, message } of policyProblems(text)) {
    if (check === 'BLOCK_PUBLIC_POLICY') {
      if (input.BlockPublicPolicy) throw publicPolicy()
    } else throw malformedPolicy(message)
  }
  return changeSecret(
    context,
    input.SecretId,
    (_writer, { secret }) => ({
      secret: { ...secret, policy: text },
      result: { ARN: secret.arn, Name: secret.name },
    }),
    { replica: true },
  )
}
