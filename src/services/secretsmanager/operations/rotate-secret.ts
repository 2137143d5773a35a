import type { RotateSecretRequest, RotateSecretResponse } from '@aws-sdk/client-secrets-manager'
import { changeSecret } from '../change-secret.ts'
import { invalidParameter, invalidRequest, markedForDeletion } from '../errors.ts'
import { announce, checkFunction, type RotationRun, runRotation } from '../rotation.ts'
import { checkRules, nextRotation } from '../rotation-rules.ts'
import { locateSecret } from '../secret-ids.ts'
import { current, pending, versionAt, versionsOf } from '../stages.ts'
import type { Operation } from '../state.ts'
import { armSecret } from '../timers.ts'

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotateSecret.html */
export const RotateSecret: Operation<RotateSecretRequest, RotateSecretResponse> = async (context, input) => {
  const { state, now } = context
  const token = input.ClientRequestToken
  if (token === undefined)
    throw invalidParameter('You must provide a ClientRequestToken value. We recommend a UUID-type value.')
  if (input.ExternalSecretRotationMetadata !== undefined || input.ExternalSecretRotationRoleArn !== undefined)
    throw invalidParameter('Rotation of external secrets is not emulated by Lambdarium.')
  if (input.RotationRules !== undefined) checkRules(input.RotationRules)
  const known = await state.store.read(reader => {
    const located = locateSecret(reader, input.SecretId, context)
    return { ...located, all: versionsOf(reader, located) }
  })
  if (known.secret.deletion !== undefined) throw markedForDeletion()
  const functionArn = input.RotationLambdaARN ?? known.secret.rotation?.functionArn
  if (functionArn === undefined)
    throw invalidRequest('No Lambda rotation function ARN is associated with this secret.')
  const { scope } = known
  const { arn, name } = known.secret
  const run: RotationRun = { scope, arn, token, functionArn }
  await checkFunction(state, run)
  const waiting = versionAt(known.all, pending)
  if (waiting !== undefined && waiting.id !== token && !waiting.stages.includes(current)) {
    runRotation(state, { ...run, token: waiting.id })
    throw invalidRequest("A previous rotation isn't complete. That rotation will be reattempted.")
  }
  await changeSecret(context, arn, (_writer, { secret }) => {
    const rules = input.RotationRules ?? secret.rotation?.rules ?? {}
    const next = nextRotation(rules, now)
    const rotation = { enabled: true, functionArn, rules, ...(next === undefined ? {} : { next }) }
    return { secret: { ...secret, rotation, changed: now }, result: undefined }
  })
  await armSecret(state, scope, arn)
  const testOnly = input.RotateImmediately === false
  await announce(state, scope, arn, token, testOnly)
  runRotation(state, run, testOnly)
  return { ARN: arn, Name: name, VersionId: token }
}
