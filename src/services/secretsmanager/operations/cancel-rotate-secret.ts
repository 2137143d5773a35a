import type { CancelRotateSecretRequest, CancelRotateSecretResponse } from '@aws-sdk/client-secrets-manager'
import { changeSecret } from '../change-secret.ts'
import { pending, versionAt, versionsOf } from '../stages.ts'
import type { Operation } from '../state.ts'
import { armSecret } from '../timers.ts'

/** Leaves a version at AWSPENDING where a rotation was under way, as AWS does, and names it.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CancelRotateSecret.html */
export const CancelRotateSecret: Operation<CancelRotateSecretRequest, CancelRotateSecretResponse> = async (
  context,
  input,
) => {
  const { scope, answer } = await changeSecret(context, input.SecretId, (writer, located) => {
    const { secret, scope: where } = located
    const waiting = versionAt(versionsOf(writer, located), pending)
    const names = { ARN: secret.arn, Name: secret.name }
    const result = {
      scope: where,
      answer: waiting === undefined ? names : { ...names, VersionId: waiting.id },
    }
    if (secret.rotation === undefined) return { result }
    const { next: _next, ...kept } = secret.rotation
    return { secret: { ...secret, rotation: { ...kept, enabled: false } }, result }
  })
  await armSecret(context.state, scope, answer.ARN)
  return answer
}
