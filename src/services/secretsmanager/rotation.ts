import { AwsError } from '../../aws/index.ts'
import type { InvokingService } from '../../ports/index.ts'
import { changeSecret } from './change-secret.ts'
import { cannotInvoke } from './errors.ts'
import { nextRotation } from './rotation-rules.ts'
import { current, moveStages, pending, putVersions, versionAt, versionsOf } from './stages.ts'
import type { Scope, SecretsState, VersionRecord } from './state.ts'
import { armSecret } from './timers.ts'

const steps = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'] as const
export type RotationStep = (typeof steps)[number]

/** One rotation: which secret, under which version id, by which function. */
export interface RotationRun {
  readonly scope: Scope
  readonly arn: string
  readonly token: string
  readonly functionArn: string
}

/** Secrets Manager as functions' policies know it: https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets-required-permissions-function.html */
function rotating({ account }: Scope, sourceArn: string): InvokingService {
  return { principal: 'secretsmanager.amazonaws.com', sourceArn, sourceAccount: account }
}

/** Asks whether the function could be called; throws AWS's error where not. */
export async function checkFunction(
  state: SecretsState,
  run: Pick<RotationRun, 'scope' | 'arn' | 'functionArn'>,
): Promise<void> {
  try {
    await state.functions.invoke({
      functionName: run.functionArn,
      onBehalfOf: rotating(run.scope, run.arn),
      invocationType: 'DryRun',
      payload: Buffer.from('{}'),
    })
  } catch (error) {
    if (error instanceof AwsError) throw cannotInvoke(error)
    throw error
  }
}

/** Calls the function for one step; answers whether it went well. */
async function callStep(state: SecretsState, run: RotationRun, step: RotationStep): Promise<boolean> {
  const event = {
    Step: step,
    SecretId: run.arn,
    ClientRequestToken: run.token,
    RotationToken: state.ids.uuid(),
  }
  const result = await state.functions.invoke({
    functionName: run.functionArn,
    onBehalfOf: rotating(run.scope, run.arn),
    invocationType: 'RequestResponse',
    payload: Buffer.from(JSON.stringify(event)),
  })
  if (result.functionError === undefined) return true
  const answer = Buffer.from(result.payload).toString()
  state.log.error(
    { secret: run.arn, step, answer },
    'the rotation function failed; the secret was not rotated',
  )
  return false
}

/** Notes a rotation that reached AWSCURRENT; AWS then takes AWSPENDING away. */
async function finish(state: SecretsState, run: RotationRun): Promise<void> {
  const context = { ...run.scope, state }
  const now = state.clock.now()
  const rotated = await changeSecret(context, run.arn, (writer, located) => {
    const { secret } = located
    const all = versionsOf(writer, located)
    if (!all.find(({ id }) => id === run.token)?.stages.includes(current)) return { result: false }
    putVersions(
      writer,
      located,
      all.map(one =>
        one.id === run.token ? { ...one, stages: one.stages.filter(stage => stage !== pending) } : one,
      ),
    )
    const next = secret.rotation && nextRotation(secret.rotation.rules, now)
    const { next: _before, ...rotation } = secret.rotation ?? {
      enabled: true,
      functionArn: run.functionArn,
      rules: {},
    }
    const kept = next === undefined ? rotation : { ...rotation, next }
    return { secret: { ...secret, rotated: now, changed: now, rotation: kept }, result: true }
  })
  if (!rotated)
    state.log.warn({ secret: run.arn }, 'the rotation function did not move AWSCURRENT to the new version')
  await armSecret(state, run.scope, run.arn)
}

/** Takes away the version that was announced for a test only. */
async function withdraw(state: SecretsState, run: RotationRun): Promise<void> {
  await changeSecret({ ...run.scope, state }, run.arn, (writer, located) => {
    const all = versionsOf(writer, located).map(one =>
      one.id === run.token ? { ...one, stages: one.stages.filter(stage => stage !== pending) } : one,
    )
    putVersions(writer, located, all)
    return { secret: located.secret, result: undefined }
  })
}

/**
 * Calls the rotation function, without waiting for it: all four steps, or the test alone.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda-functions.html
 */
export function runRotation(state: SecretsState, run: RotationRun, testOnly = false): void {
  const end = state.activity.begin(`secretsmanager: rotation of ${run.arn}`)
  const work = async (): Promise<void> => {
    if (testOnly) {
      try {
        await callStep(state, run, 'testSecret')
      } finally {
        await withdraw(state, run)
      }
      return
    }
    for (const step of steps) if (!(await callStep(state, run, step))) return
    await finish(state, run)
  }
  work()
    .catch(error => state.log.error({ error, secret: run.arn }, 'a secret could not be rotated'))
    .finally(end)
}

/**
 * Announces the version of a coming rotation at AWSPENDING, so that the function finds it: without a value, which
 * `createSecret` writes; for a test alone, with the current one (assumed: AWS says that the version exists, not what
 * is in it).
 */
export async function announce(
  state: SecretsState,
  scope: Scope,
  arn: string,
  token: string,
  testOnly = false,
): Promise<void> {
  await changeSecret({ ...scope, state }, arn, (writer, located) => {
    const all = versionsOf(writer, located)
    const sequence = located.secret.sequence + 1
    const { text, binary } = (testOnly && versionAt(all, current)) || {}
    const fresh: VersionRecord = {
      id: token,
      sequence,
      created: state.clock.now(),
      stages: [],
      ...(text === undefined ? {} : { text }),
      ...(binary === undefined ? {} : { binary }),
    }
    const known = all.some(({ id }) => id === token) ? all : [...all, fresh]
    putVersions(writer, located, moveStages(known, token, [pending]))
    return { secret: { ...located.secret, sequence }, result: undefined }
  })
}

/** Rotates by schedule. */
export const rotateOnSchedule: SecretsState['onRotationDue'] = async (state, scope, secret, token) => {
  const functionArn = secret.rotation?.functionArn
  if (functionArn === undefined) return
  await announce(state, scope, secret.arn, token)
  runRotation(state, { scope, arn: secret.arn, token, functionArn })
}
