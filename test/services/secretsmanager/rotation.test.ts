import {
  CancelRotateSecretCommand,
  CreateSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  RotateSecretCommand,
  type RotateSecretCommandInput,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager'
import { expect, test } from 'vitest'
import { AwsError } from '../../../src/aws/index.ts'
import type { Functions } from '../../../src/ports/index.ts'
import { secretsmanager } from '../../../src/services/secretsmanager/index.ts'
import { startDoor } from '../../support/aws-door.ts'
import { createManualClock } from '../../support/manual-clock.ts'

const day = 86_400_000
const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:rotate'
const id = (version: number): string => `00000000-0000-4000-8000-${String(version).padStart(12, '0')}`

interface RotationEvent {
  readonly Step: string
  readonly SecretId: string
  readonly ClientRequestToken: string
}

/** The four steps as AWS's template for rotation functions has them, over the real API. */
async function rotate(client: SecretsManagerClient, event: RotationEvent): Promise<void> {
  const { Step, SecretId, ClientRequestToken: token } = event
  const { VersionIdsToStages = {}, RotationEnabled } = await client.send(
    new DescribeSecretCommand({ SecretId }),
  )
  if (!RotationEnabled) throw new Error('rotation is not enabled')
  if (VersionIdsToStages[token] === undefined) throw new Error('the version is not announced')
  if (VersionIdsToStages[token]?.includes('AWSCURRENT')) return
  if (!VersionIdsToStages[token]?.includes('AWSPENDING')) throw new Error('the version is not pending')
  const pending = { SecretId, VersionId: token, VersionStage: 'AWSPENDING' }
  if (Step === 'createSecret') {
    const { SecretString: before } = await client.send(new GetSecretValueCommand({ SecretId }))
    const missing = await client.send(new GetSecretValueCommand(pending)).catch((error: Error) => error.name)
    if (missing !== 'ResourceNotFoundException') return
    const value = { SecretString: `${before}+`, VersionStages: ['AWSPENDING'] }
    await client.send(new PutSecretValueCommand({ SecretId, ClientRequestToken: token, ...value }))
  }
  if (Step === 'testSecret') await client.send(new GetSecretValueCommand(pending))
  if (Step !== 'finishSecret') return
  const current = Object.keys(VersionIdsToStages).find(one => VersionIdsToStages[one]?.includes('AWSCURRENT'))
  await client.send(
    new UpdateSecretVersionStageCommand({
      SecretId,
      VersionStage: 'AWSCURRENT',
      MoveToVersionId: token,
      RemoveFromVersionId: current,
    }),
  )
}

async function start() {
  const clock = createManualClock()
  const calls: string[] = []
  const events: Record<string, unknown>[] = []
  let failing: string | undefined
  let client: SecretsManagerClient
  const answer = (payload: string, functionError?: 'Unhandled') => ({
    requestId: 'r',
    statusCode: 200,
    payload: Buffer.from(payload),
    executedVersion: '$LATEST',
    log: '',
    ...(functionError === undefined ? {} : { functionError }),
  })
  const functions: Functions = {
    async invoke(invocation) {
      if (invocation.functionName !== functionArn)
        throw new AwsError('ResourceNotFoundException', 'no function')
      if (invocation.invocationType === 'DryRun') return answer('')
      const event = JSON.parse(Buffer.from(invocation.payload).toString())
      events.push(event)
      calls.push(event.Step)
      if (event.Step === failing) return answer('{"errorMessage":"no"}', 'Unhandled')
      await rotate(client, event)
      return answer('null')
    },
  }
  const door = await startDoor({ services: [secretsmanager], clock, functions })
  client = new SecretsManagerClient(door.clientConfig())
  const { ARN: arn } = await client.send(
    new CreateSecretCommand({ Name: 's', SecretString: 'v', ClientRequestToken: id(1) }),
  )
  return {
    clock,
    client,
    calls,
    events,
    arn,
    fail: (step: string | undefined) => {
      failing = step
    },
    rotate: (input: Partial<RotateSecretCommandInput> = {}) =>
      client.send(new RotateSecretCommand({ SecretId: 's', ...input })),
    describe: () => client.send(new DescribeSecretCommand({ SecretId: 's' })),
    value: async () => (await client.send(new GetSecretValueCommand({ SecretId: 's' }))).SecretString,
  }
}

const steps = ['createSecret', 'setSecret', 'testSecret', 'finishSecret']

test('a rotation calls the function in four steps and ends at AWSCURRENT (stages recorded)', async () => {
  const { rotate: run, describe, value, calls, events, arn } = await start()
  const answer = await run({
    RotationLambdaARN: functionArn,
    RotationRules: { AutomaticallyAfterDays: 1 },
    ClientRequestToken: id(2),
  })
  expect([answer.ARN, answer.Name, answer.VersionId]).toEqual([arn, 's', id(2)])
  await expect.poll(async () => (await describe()).LastRotatedDate).toEqual(new Date('2026-01-01T00:00:00Z'))
  expect(calls).toEqual(steps)
  expect(events[0]).toEqual({
    Step: 'createSecret',
    SecretId: arn,
    ClientRequestToken: id(2),
    RotationToken: expect.any(String),
  })
  expect(await value()).toBe('v+')
  const described = await describe()
  expect(described.VersionIdsToStages).toEqual({ [id(1)]: ['AWSPREVIOUS'], [id(2)]: ['AWSCURRENT'] })
  expect([described.RotationEnabled, described.RotationLambdaARN, described.RotationRules]).toEqual([
    true,
    functionArn,
    { AutomaticallyAfterDays: 1 },
  ])
  expect(described.NextRotationDate).toEqual(new Date('2026-01-02T23:59:59Z'))
})

test('rotation goes on by its schedule until it is cancelled', async () => {
  const { rotate: run, client, clock, describe, value } = await start()
  await run({ RotationLambdaARN: functionArn, RotationRules: { ScheduleExpression: 'rate(10 days)' } })
  await expect.poll(value).toBe('v+')
  await expect.poll(async () => (await describe()).NextRotationDate).toEqual(new Date('2026-01-11T23:59:59Z'))
  clock.move(11 * day - 1000)
  await expect.poll(value).toBe('v++')
  await expect.poll(async () => (await describe()).NextRotationDate).toEqual(new Date('2026-01-21T23:59:59Z'))
  await client.send(new CancelRotateSecretCommand({ SecretId: 's' }))
  const cancelled = await describe()
  expect([cancelled.RotationEnabled, cancelled.NextRotationDate]).toEqual([false, undefined])
  clock.move(100 * day)
  expect(await value()).toBe('v++')
})

test('without immediate rotation only the test step runs', async () => {
  const { rotate: run, describe, calls } = await start()
  await run({
    RotationLambdaARN: functionArn,
    RotationRules: { AutomaticallyAfterDays: 30 },
    RotateImmediately: false,
  })
  await expect.poll(async () => (await describe()).VersionIdsToStages).toEqual({ [id(1)]: ['AWSCURRENT'] })
  await expect.poll(() => calls).toEqual(['testSecret'])
})

test('a failed rotation stays pending and is tried again', async () => {
  const { rotate: run, describe, value, fail, calls } = await start()
  fail('setSecret')
  await run({ RotationLambdaARN: functionArn, ClientRequestToken: id(2) })
  await expect.poll(() => calls).toEqual(['createSecret', 'setSecret'])
  expect((await describe()).VersionIdsToStages).toEqual({ [id(1)]: ['AWSCURRENT'], [id(2)]: ['AWSPENDING'] })
  fail(undefined)
  await expect(run({ ClientRequestToken: id(3) })).rejects.toMatchObject({
    name: 'InvalidRequestException',
    message: "A previous rotation isn't complete. That rotation will be reattempted.",
  })
  await expect
    .poll(async () => (await describe()).VersionIdsToStages)
    .toEqual({
      [id(1)]: ['AWSPREVIOUS'],
      [id(2)]: ['AWSCURRENT'],
    })
  expect(await value()).toBe('v+')
})

test('what cannot be rotated is refused (recorded)', async () => {
  const { rotate: run, describe } = await start()
  await expect(run()).rejects.toMatchObject({
    name: 'InvalidRequestException',
    message: 'No Lambda rotation function ARN is associated with this secret.',
  })
  await expect(run({ RotationLambdaARN: `${functionArn}-none` })).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message:
      'Secrets Manager cannot invoke the specified Lambda function. Ensure that the function policy grants access to the principal secretsmanager.amazonaws.com.',
  })
  expect((await describe()).RotationEnabled).toBeUndefined()
})

const badRules: [RotateSecretCommandInput['RotationRules']][] = [
  [{ AutomaticallyAfterDays: 1, ScheduleExpression: 'rate(1 day)' }],
  [{ ScheduleExpression: 'every day' }],
  [{ ScheduleExpression: 'cron(0 99 * * ? *)' }],
  [{ ScheduleExpression: 'cron(0 8 1 * *)' }],
]

test.each(badRules)('the rules %o are refused', async RotationRules => {
  const { rotate: run } = await start()
  await expect(run({ RotationLambdaARN: functionArn, RotationRules })).rejects.toMatchObject({
    name: 'InvalidParameterException',
  })
})
