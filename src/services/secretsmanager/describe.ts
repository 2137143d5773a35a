import type { DescribeSecretResponse, SecretListEntry, Tag } from '@aws-sdk/client-secrets-manager'
import { replicationStatus } from './replicas.ts'
import type { SecretRecord, VersionRecord } from './state.ts'

/** AWS tells the day of the last access only. */
export const dayOf = (time: number): Date => new Date(Math.floor(time / 86_400_000) * 86_400_000)

const tagList = (tags: Readonly<Record<string, string>>): Tag[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))

const stagesByVersion = (all: readonly VersionRecord[]): Record<string, string[]> | undefined => {
  const labelled = all.filter(({ stages }) => stages.length > 0)
  if (labelled.length === 0) return undefined
  return Object.fromEntries(labelled.map(({ id, stages }) => [id, [...stages]]))
}

/** What DescribeSecret and ListSecrets have in common. */
function common(secret: SecretRecord): Omit<SecretListEntry, 'SecretVersionsToStages'> {
  const { rotation } = secret
  return {
    ARN: secret.arn,
    Name: secret.name,
    ...(secret.description === undefined ? {} : { Description: secret.description }),
    ...(secret.kmsKeyId === undefined ? {} : { KmsKeyId: secret.kmsKeyId }),
    ...(rotation === undefined
      ? {}
      : {
          RotationEnabled: rotation.enabled,
          RotationLambdaARN: rotation.functionArn,
          RotationRules: rotation.rules,
          ...(rotation.next === undefined ? {} : { NextRotationDate: new Date(rotation.next) }),
        }),
    ...(secret.rotated === undefined ? {} : { LastRotatedDate: new Date(secret.rotated) }),
    LastChangedDate: new Date(secret.changed),
    ...(secret.accessed === undefined ? {} : { LastAccessedDate: dayOf(secret.accessed) }),
    ...(secret.deletion === undefined ? {} : { DeletedDate: new Date(secret.deletion) }),
    ...(secret.tags === undefined ? {} : { Tags: tagList(secret.tags) }),
    CreatedDate: new Date(secret.created),
    ...(secret.primaryRegion === undefined ? {} : { PrimaryRegion: secret.primaryRegion }),
  }
}

/** What DescribeSecret answers: everything but the value. */
export function describedSecret(
  secret: SecretRecord,
  all: readonly VersionRecord[],
  region: string,
): DescribeSecretResponse {
  const stages = stagesByVersion(all)
  return {
    ...common(secret),
    ...(stages === undefined ? {} : { VersionIdsToStages: stages }),
    ...(secret.replicas.length === 0
      ? {}
      : { PrimaryRegion: region, ReplicationStatus: replicationStatus(secret) }),
  }
}

/** One line of ListSecrets. */
export function listedSecret(secret: SecretRecord, all: readonly VersionRecord[]): SecretListEntry {
  const stages = stagesByVersion(all)
  return { ...common(secret), ...(stages === undefined ? {} : { SecretVersionsToStages: stages }) }
}
