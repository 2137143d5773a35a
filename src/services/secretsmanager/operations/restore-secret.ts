import type { RestoreSecretRequest, RestoreSecretResponse } from '@aws-sdk/client-secrets-manager'
import { changeSecret } from '../change-secret.ts'
import type { Operation } from '../state.ts'
import { armSecret } from '../timers.ts'

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RestoreSecret.html */
export const RestoreSecret: Operation<RestoreSecretRequest, RestoreSecretResponse> = async (
  context,
  input,
) => {
  const restored = await changeSecret(
    context,
    input.SecretId,
    (_writer, { scope, secret }) => {
      const { deletion: _deletion, ...kept } = secret
      return { secret: kept, result: { scope, arn: secret.arn, name: secret.name } }
    },
    { deleted: true },
  )
  await armSecret(context.state, restored.scope, restored.arn)
  return { ARN: restored.arn, Name: restored.name }
}
