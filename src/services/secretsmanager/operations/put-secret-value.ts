import type { PutSecretValueRequest, PutSecretValueResponse } from '@aws-sdk/client-secrets-manager'
import { changeSecret } from '../change-secret.ts'
import { invalidRequest } from '../errors.ts'
import type { Operation } from '../state.ts'
import { addVersion, contentOf, tokenOf } from '../values.ts'

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html */
export const PutSecretValue: Operation<PutSecretValueRequest, PutSecretValueResponse> = async (
  context,
  input,
) => {
  const token = tokenOf(input.ClientRequestToken)
  const value = contentOf(input)
  if (value === undefined) throw invalidRequest('You must provide either SecretString or SecretBinary.')
  const stages = input.VersionStages ?? ['AWSCURRENT']
  return changeSecret(context, input.SecretId, (writer, located) => {
    const { secret, version } = addVersion(writer, located, value, { token, stages, now: context.now })
    const result = {
      ARN: secret.arn,
      Name: secret.name,
      VersionId: version.id,
      VersionStages: [...version.stages],
    }
    return { secret, result }
  })
}
