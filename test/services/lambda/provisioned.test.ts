import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import {
  CreateAliasCommand,
  CreateFunctionCommand,
  DeleteProvisionedConcurrencyConfigCommand,
  GetProvisionedConcurrencyConfigCommand,
  InvokeCommand,
  ListProvisionedConcurrencyConfigsCommand,
  PutProvisionedConcurrencyConfigCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
} from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { json, role, startLambda, zipOf } from './lambda-simulator.ts'

const code = (version: string) =>
  zipOf({
    'index.js': `console.log('loaded ${version}')
let calls = 0
exports.handler = async ({ exit }) => {
  if (exit) process.exit(1)
  return { code: '${version}', type: process.env.AWS_LAMBDA_INITIALIZATION_TYPE, calls: ++calls }
}`,
  })

async function start() {
  const { simulator, lambda } = await startLambda()
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'fn',
      Role: role,
      Runtime: 'nodejs20.x',
      Handler: 'index.handler',
      Code: { ZipFile: await code('one') },
      Publish: true,
    }),
  )
  await lambda.send(new CreateAliasCommand({ FunctionName: 'fn', Name: 'prod', FunctionVersion: '1' }))
  const provision = (count: number, Qualifier = 'prod') =>
    lambda.send(
      new PutProvisionedConcurrencyConfigCommand({
        FunctionName: 'fn',
        Qualifier,
        ProvisionedConcurrentExecutions: count,
      }),
    )
  const state = async () => {
    const {
      $metadata: _metadata,
      LastModified,
      ...answer
    } = await lambda.send(
      new GetProvisionedConcurrencyConfigCommand({ FunctionName: 'fn', Qualifier: 'prod' }),
    )
    return { ...answer, dated: /^\d{4}-.*\+0000$/.test(LastModified ?? '') }
  }
  const run = async (event: object = {}) =>
    json(
      (
        await lambda.send(
          new InvokeCommand({
            FunctionName: 'fn',
            Qualifier: 'prod',
            Payload: Buffer.from(JSON.stringify(event)),
          }),
        )
      ).Payload,
    )
  const about = async () => {
    const response = await fetch(`${simulator.aws}/_lambdarium/health`)
    const { functions } = (await response.json()) as { functions: { environments: { version: string }[] } }
    return functions.environments.map(({ version }) => version)
  }
  return { simulator, lambda, provision, state, run, about }
}

const counts = (Requested: number, ready: number, Status: string) => ({
  RequestedProvisionedConcurrentExecutions: Requested,
  AvailableProvisionedConcurrentExecutions: ready,
  AllocatedProvisionedConcurrentExecutions: ready,
  Status,
})

test('environments are initialised before anybody calls, and follow the alias', async () => {
  const { simulator, lambda, provision, state, run, about } = await start()
  expect(await provision(2)).toMatchObject(counts(2, 0, 'IN_PROGRESS'))
  await simulator.idle()
  expect(await state()).toEqual({ ...counts(2, 2, 'READY'), dated: true })
  expect(await about()).toEqual(['1', '1'])
  // The init phase is in the log although nobody called.
  const logs = new CloudWatchLogsClient(simulator.clientConfig())
  const { events = [] } = await logs.send(
    new FilterLogEventsCommand({ logGroupName: '/aws/lambda/fn', filterPattern: '"loaded one"' }),
  )
  expect(events).toHaveLength(2)
  expect(await run()).toEqual({ code: 'one', type: 'provisioned-concurrency', calls: 1 })

  // Idleness does not end them, a crash is made good.
  await simulator.clock.advance({ hours: 1 })
  expect(await about()).toEqual(['1', '1'])
  await run({ exit: true })
  await simulator.idle()
  expect(await state()).toEqual({ ...counts(2, 2, 'READY'), dated: true })

  await lambda.send(
    new UpdateFunctionCodeCommand({ FunctionName: 'fn', ZipFile: await code('two'), Publish: true }),
  )
  await lambda.send(new UpdateAliasCommand({ FunctionName: 'fn', Name: 'prod', FunctionVersion: '2' }))
  await simulator.idle()
  expect(await run()).toEqual({ code: 'two', type: 'provisioned-concurrency', calls: 1 })
  expect((await about()).filter(version => version === '2')).toHaveLength(2)
  const { ProvisionedConcurrencyConfigs } = await lambda.send(
    new ListProvisionedConcurrencyConfigsCommand({ FunctionName: 'fn' }),
  )
  expect(ProvisionedConcurrencyConfigs).toMatchObject([
    { ...counts(2, 2, 'READY'), FunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:fn:prod' },
  ])

  await lambda.send(new DeleteProvisionedConcurrencyConfigCommand({ FunctionName: 'fn', Qualifier: 'prod' }))
  // What was provisioned goes the way of all idle environments.
  await simulator.clock.advance({ hours: 1 })
  expect(await about()).toEqual([])
  expect(await run()).toMatchObject({ type: 'on-demand' })
})

test('a function that cannot be initialised fails to be provisioned', async () => {
  const { simulator, lambda, provision, state } = await start()
  await lambda.send(
    new UpdateFunctionCodeCommand({
      FunctionName: 'fn',
      ZipFile: await zipOf({ 'index.js': 'throw new Error("no")' }),
      Publish: true,
    }),
  )
  await lambda.send(new UpdateAliasCommand({ FunctionName: 'fn', Name: 'prod', FunctionVersion: '2' }))
  await provision(1)
  await simulator.idle()
  expect(await state()).toEqual({
    ...counts(1, 0, 'FAILED'),
    StatusReason: 'FUNCTION_ERROR_INIT_FAILURE',
    dated: true,
  })
  await expect(provision(1, '$LATEST')).rejects.toMatchObject({
    message: 'Provisioned Concurrency Configs cannot be applied to unpublished function versions.',
  })
})
