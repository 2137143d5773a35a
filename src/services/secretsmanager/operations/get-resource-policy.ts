import type { GetResourcePolicyRequest, GetResourcePolicyResponse } from '@aws-sdk/client-secrets-manager'
import { locateSecret } from '../secret-ids.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetResourcePolicy.html */
export const GetResourcePolicy: Operation<GetResourcePolicyRequest, GetResourcePolicyResponse> = async (
  context,
  input,
) => {
  const { secret } = await context.state.store.read(reader => locateSecret(reader, input.SecretId, context))
  const names = { ARN: secret.arn, Name: secret.name }
  return secret.policy === undefined ? names : { ...names, ResourcePolicy: secret.policy }
}
