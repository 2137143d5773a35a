import type {
  UpdateSecretVersionStageRequest,
  UpdateSecretVersionStageResponse,
} from '@aws-sdk/client-secrets-manager'
import { changeSecret } from '../change-secret.ts'
import { invalidParameter, secretValueNotFound } from '../errors.ts'
import { current, moveStages, putVersions, versionAt, versionsOf } from '../stages.ts'
import type { Operation, VersionRecord } from '../state.ts'

/** Refuses moves that AWS refuses; answers nothing. */
function check(all: readonly VersionRecord[], input: UpdateSecretVersionStageRequest, stage: string): void {
  const { RemoveFromVersionId: from, MoveToVersionId: to } = input
  for (const id of [from, to])
    if (id !== undefined && !all.some(version => version.id === id))
      throw secretValueNotFound(`VersionId: ${id}`)
  if (from === undefined && to === undefined)
    throw invalidParameter('You must specify RemoveFromVersionId, MoveToVersionId, or both.')
  const holder = versionAt(all, stage)
  if (from === undefined) {
    if (holder !== undefined && holder.id !== to)
      throw invalidParameter(
        `The parameter RemoveFromVersionId can't be empty. Staging label ${stage} is currently attached to version ${holder.id}, so you must explicitly reference that version in RemoveFromVersionId.`,
      )
    return
  }
  if (holder?.id !== from)
    throw invalidParameter(
      `Staging label ${stage} is not attached to version ${from}, so it can't be removed from it.`,
    )
  if (to === undefined && stage === current)
    throw invalidParameter(
      `You can't remove staging label ${current} from version ${from} without moving it to another version.`,
    )
}

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecretVersionStage.html */
export const UpdateSecretVersionStage: Operation<
  UpdateSecretVersionStageRequest,
  UpdateSecretVersionStageResponse
> = async (context, input) => {
  const stage = input.VersionStage ?? ''
  const { MoveToVersionId: to } = input
  return changeSecret(context, input.SecretId, (writer, located) => {
    const all = versionsOf(writer, located)
    check(all, input, stage)
    const moved =
      to === undefined
        ? all.map(one => ({ ...one, stages: one.stages.filter(held => held !== stage) }))
        : moveStages(all, to, [stage])
    putVersions(writer, located, moved)
    const { secret } = located
    return {
      secret: { ...secret, changed: context.now },
      result: { ARN: secret.arn, Name: secret.name },
    }
  })
}
