import type { UpdateSecretRequest, UpdateSecretResponse } from '@aws-sdk/client-secrets-manager'
import { changeSecret } from '../change-secret.ts'
import type { Operation, SecretRecord } from '../state.ts'
import { addVersion, contentOf, tokenOf } from '../values.ts'

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecret.html */
export const UpdateSecret: Operation<UpdateSecretRequest, UpdateSecretResponse> = async (context, input) => {
  const token = tokenOf(input.ClientRequestToken)
  const value = contentOf(input)
  const { now } = context
  return changeSecret(context, input.SecretId, (writer, { scope, secret: before }) => {
    const described: SecretRecord = {
      ...before,
      ...(input.Description === undefined ? {} : { description: input.Description }),
      ...(input.KmsKeyId === undefined ? {} : { kmsKeyId: input.KmsKeyId }),
      changed: now,
    }
    const names = { ARN: before.arn, Name: before.name }
    if (value === undefined) return { secret: described, result: names }
    const request = { token, stages: ['AWSCURRENT'], now }
    const { secret, version } = addVersion(writer, { scope, secret: described }, value, request)
    return { secret, result: { ...names, VersionId: version.id } }
  })
}
