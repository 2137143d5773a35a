import type { DeleteSecretRequest, DeleteSecretResponse } from '@aws-sdk/client-secrets-manager'
import { changeSecret, removeSecret } from '../change-secret.ts'
import { invalidParameter, invalidRequest, markedForDeletion } from '../errors.ts'
import { arnBase, findSecret } from '../secret-ids.ts'
import type { Operation } from '../state.ts'
import { armSecret } from '../timers.ts'

const day = 86_400_000
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html */
export const DeleteSecret: Operation<DeleteSecretRequest, DeleteSecretResponse> = async (context, input) => {
  const { state, now } = context
  const { ForceDeleteWithoutRecovery: force = false, RecoveryWindowInDays: days } = input
  if (force && days !== undefined)
    throw invalidParameter(
      "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.",
    )
  if (days !== undefined && (days < 7 || days > 30))
    throw invalidParameter('The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).')
  const id = input.SecretId ?? ''
  const exists = await state.store.read(reader => findSecret(reader, id, context) !== undefined)
  if (!exists && force && !id.startsWith('arn:'))
    // Documented: to delete by force what is not there is no error.
    return {
      ARN: `${arnBase(context, id)}-${state.ids.token(6, letters)}`,
      Name: id,
      DeletionDate: new Date(now),
    }
  const deleted = await changeSecret(
    context,
    id,
    (writer, located) => {
      const { scope, secret } = located
      if (secret.replicas.length > 0)
        throw invalidRequest(
          `You can't delete secret ${secret.name} that still has replica regions [${secret.replicas.map(({ region }) => region).join(', ')}]`,
        )
      const result = { scope, arn: secret.arn, name: secret.name }
      if (force) {
        removeSecret(writer, located)
        return { result: { ...result, date: now } }
      }
      if (secret.deletion !== undefined) throw markedForDeletion()
      const deletion = now + (days ?? 30) * day
      return { secret: { ...secret, deletion }, result: { ...result, date: deletion } }
    },
    { deleted: true },
  )
  await armSecret(state, deleted.scope, deleted.arn)
  return { ARN: deleted.arn, Name: deleted.name, DeletionDate: new Date(deleted.date) }
}
