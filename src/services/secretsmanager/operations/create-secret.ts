import type { CreateSecretRequest, CreateSecretResponse } from '@aws-sdk/client-secrets-manager'
import { putSecret } from '../change-secret.ts'
import { scheduledForDeletion, secretExists } from '../errors.ts'
import { replicationStatus, withReplicas } from '../replicas.ts'
import { arnBase, checkName, type Located } from '../secret-ids.ts'
import { versionsOf } from '../stages.ts'
import { type Operation, type SecretRecord, secrets } from '../state.ts'
import { withTags } from '../tags.ts'
import { addVersion, contentOf, tokenOf } from '../values.ts'

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html */
export const CreateSecret: Operation<CreateSecretRequest, CreateSecretResponse> = async (context, input) => {
  const { state, account, region, now } = context
  const name = checkName(input.Name ?? '')
  const token = tokenOf(input.ClientRequestToken)
  const value = contentOf(input)
  const ending = state.ids.token(6, letters)
  return state.store.transaction(writer => {
    const before = secrets.get(writer, account, region, name)
    if (before?.deletion !== undefined) throw scheduledForDeletion()
    if (before !== undefined) {
      const located: Located = { scope: { account, region }, secret: before }
      const same = versionsOf(writer, located).find(({ id }) => id === token)
      if (
        value === undefined ||
        same === undefined ||
        same.text !== value.text ||
        same.binary !== value.binary
      )
        throw secretExists(name)
      return { ARN: before.arn, Name: name, VersionId: token }
    }
    const fresh: SecretRecord = {
      name,
      arn: `${arnBase(context, name)}-${ending}`,
      ...(input.Description ? { description: input.Description } : {}),
      ...(input.KmsKeyId === undefined ? {} : { kmsKeyId: input.KmsKeyId }),
      created: now,
      changed: now,
      ...(input.Tags?.length ? { tags: withTags({}, input.Tags) } : {}),
      replicas: [],
      sequence: 0,
    }
    const located: Located = { scope: { account, region }, secret: fresh }
    const replicated = withReplicas(
      writer,
      located,
      input.AddReplicaRegions ?? [],
      input.ForceOverwriteReplicaSecret ?? false,
    )
    const request = { token, stages: ['AWSCURRENT'], now }
    const secret =
      value === undefined
        ? replicated
        : addVersion(writer, { ...located, secret: replicated }, value, request).secret
    putSecret(writer, { ...located, secret })
    return {
      ARN: secret.arn,
      Name: name,
      ...(value === undefined ? {} : { VersionId: token }),
      ...(secret.replicas.length === 0 ? {} : { ReplicationStatus: replicationStatus(secret) }),
    }
  })
}
