import type { GetSecretValueRequest, GetSecretValueResponse } from '@aws-sdk/client-secrets-manager'
import type { Reader } from '../../stores/index.ts'
import { invalidRequest, markedForDeletion, secretValueNotFound } from './errors.ts'
import { type Located, locateSecret } from './secret-ids.ts'
import { current, versionAt, versionsOf } from './stages.ts'
import type { Scope, VersionRecord } from './state.ts'

/** A secret with the version that was asked for. */
export interface FoundValue extends Located {
  readonly version: VersionRecord
}

function pick(
  all: readonly VersionRecord[],
  id: string | undefined,
  stage: string | undefined,
): VersionRecord {
  const version = id === undefined ? versionAt(all, stage ?? current) : all.find(one => one.id === id)
  const what = id === undefined ? `staging label: ${stage ?? current}` : `VersionId: ${id}`
  if (version === undefined) throw secretValueNotFound(what)
  if (id !== undefined && stage !== undefined && !version.stages.includes(stage))
    throw invalidRequest('You provided a VersionStage that is not associated to the provided VersionId.')
  if (version.text === undefined && version.binary === undefined) throw secretValueNotFound(what)
  return version
}

/** Finds the version that GetSecretValue answers. */
export function findValue(reader: Reader, input: GetSecretValueRequest, scope: Scope): FoundValue {
  const located = locateSecret(reader, input.SecretId, scope)
  if (located.secret.deletion !== undefined) throw markedForDeletion()
  if (located.scope.account !== scope.account && located.secret.kmsKeyId === undefined)
    throw invalidRequest(
      "You can't access a secret from a different AWS account if you encrypt the secret with the default KMS service key.",
    )
  return { ...located, version: pick(versionsOf(reader, located), input.VersionId, input.VersionStage) }
}

/** What GetSecretValue answers. */
export const valueAnswer = ({ secret, version }: FoundValue): GetSecretValueResponse => ({
  ARN: secret.arn,
  Name: secret.name,
  VersionId: version.id,
  ...(version.text === undefined ? {} : { SecretString: version.text }),
  ...(version.binary === undefined ? {} : { SecretBinary: Buffer.from(version.binary, 'base64') }),
  VersionStages: [...version.stages],
  CreatedDate: new Date(version.created),
})
