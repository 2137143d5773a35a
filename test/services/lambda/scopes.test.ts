import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import {
  AddPermissionCommand,
  CreateFunctionCommand,
  GetFunctionCommand,
  InvokeCommand,
  LambdaClient,
  ListFunctionsCommand,
  PublishLayerVersionCommand,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { answering, json, role, startLambda, zipOf } from './lambda-simulator.ts'

/** New each time: SDKs write into what they are given. */
const other = () => ({ accessKeyId: 'OTHERKEY', secretAccessKey: 'other', account: '111122223333' })

async function start() {
  const { simulator } = await startLambda(
    { 'handlers/shared.js': 'exports.handler = async () => "shared"' },
    { credentials: [{ accessKeyId: 'test', secretAccessKey: 'test' }, other()] },
  )
  const client = (change: object) =>
    new LambdaClient({ ...simulator.clientConfig(), maxAttempts: 1, ...change })
  return {
    simulator,
    home: client({}),
    west: client({ region: 'us-west-2' }),
    stranger: client({ credentials: other() }),
  }
}

const create = async (lambda: LambdaClient, text: string) =>
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'fn',
      Role: role,
      Runtime: 'nodejs20.x',
      Handler: 'index.handler',
      Code: { ZipFile: await answering(text) },
    }),
  )
const run = async (lambda: LambdaClient, FunctionName = 'fn') =>
  json((await lambda.send(new InvokeCommand({ FunctionName }))).Payload)
const names = async (lambda: LambdaClient) =>
  (await lambda.send(new ListFunctionsCommand({}))).Functions?.map(({ FunctionArn }) => FunctionArn)

test('functions belong to an account and a region; those of the project to all', async () => {
  const { simulator, home, west, stranger } = await start()
  await create(home, 'home')
  // What others have under the name is not there for who has none of it.
  await expect(run(west)).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  await expect(run(stranger)).rejects.toMatchObject({
    message: 'Function not found: arn:aws:lambda:us-east-1:111122223333:function:fn:$LATEST',
  })
  await create(west, 'west')
  await create(stranger, 'stranger')
  const arn = (account: string, region: string, name = 'fn') =>
    `arn:aws:lambda:${region}:${account}:function:${name}`
  expect(await run(home)).toMatchObject({ text: 'home', arn: arn('000000000000', 'us-east-1') })
  expect(await run(west)).toMatchObject({ text: 'west', arn: arn('000000000000', 'us-west-2') })
  expect(await run(stranger)).toMatchObject({ text: 'stranger', arn: arn('111122223333', 'us-east-1') })
  expect(await names(west)).toEqual([
    arn('000000000000', 'us-west-2'),
    arn('000000000000', 'us-west-2', 'shared'),
  ])
  expect(await names(stranger)).toEqual([
    arn('111122223333', 'us-east-1'),
    arn('111122223333', 'us-east-1', 'shared'),
  ])
  expect([await run(west, 'shared'), await run(stranger, 'shared')]).toEqual(['shared', 'shared'])

  // Recorded: LocalStack's test_lambda_api.snapshot.json.
  await expect(run(home, arn('000000000000', 'us-west-2'))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: "Functions from 'us-west-2' are not reachable in this region ('us-east-1')",
  })
  // A reservation is one function's, in one region.
  await home.send(new PutFunctionConcurrencyCommand({ FunctionName: 'fn', ReservedConcurrentExecutions: 0 }))
  await expect(run(home)).rejects.toMatchObject({ name: 'TooManyRequestsException' })
  expect(await run(west)).toMatchObject({ text: 'west' })

  await simulator.idle()
  const logs = new CloudWatchLogsClient({ ...simulator.clientConfig(), region: 'us-west-2' })
  const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName: '/aws/lambda/fn' }))
  expect(events.filter(({ message }) => message?.startsWith('START'))).toHaveLength(2)
})

test("another account's function is invoked by its ARN, where its policy says so", async () => {
  const { home, stranger } = await start()
  await create(stranger, 'stranger')
  const arn = 'arn:aws:lambda:us-east-1:111122223333:function:fn'
  await expect(run(home, arn)).rejects.toMatchObject({ name: 'AccessDeniedException' })
  await stranger.send(
    new AddPermissionCommand({
      FunctionName: 'fn',
      StatementId: 'home',
      Principal: '000000000000',
      Action: 'lambda:InvokeFunction',
    }),
  )
  expect(await run(home, arn)).toMatchObject({ text: 'stranger', arn })
  await expect(home.send(new GetFunctionCommand({ FunctionName: arn }))).rejects.toMatchObject({
    name: 'AccessDeniedException',
  })
})

test('layers belong to an account and a region', async () => {
  const { home, west } = await start()
  const publish = async (lambda: LambdaClient) =>
    (
      await lambda.send(
        new PublishLayerVersionCommand({
          LayerName: 'l',
          Content: { ZipFile: await zipOf({ 'nodejs/node_modules/x/index.js': 'module.exports = 1' }) },
        }),
      )
    ).LayerVersionArn
  expect([await publish(home), await publish(home), await publish(west)]).toEqual([
    'arn:aws:lambda:us-east-1:000000000000:layer:l:1',
    'arn:aws:lambda:us-east-1:000000000000:layer:l:2',
    'arn:aws:lambda:us-west-2:000000000000:layer:l:1',
  ])
})
