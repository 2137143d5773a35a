import {
  AddLayerVersionPermissionCommand,
  AddPermissionCommand,
  CreateAliasCommand,
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  DeleteEventSourceMappingCommand,
  DeleteFunctionCommand,
  DeleteLayerVersionCommand,
  GetEventSourceMappingCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionEventInvokeConfigCommand,
  GetLayerVersionPolicyCommand,
  GetPolicyCommand,
  GetProvisionedConcurrencyConfigCommand,
  InvokeCommand,
  InvokeWithResponseStreamCommand,
  type LambdaClient,
  ListAliasesCommand,
  ListLayerVersionsCommand,
  ListTagsCommand,
  ListVersionsByFunctionCommand,
  PublishLayerVersionCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  PutFunctionEventInvokeConfigCommand,
  PutProvisionedConcurrencyConfigCommand,
  RemovePermissionCommand,
  TagResourceCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
} from '@aws-sdk/client-lambda'
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { hasTool } from '../../support/run-tool.ts'
import { answering, json, role, startLambda, zipOf } from './lambda-simulator.ts'

const arn = 'arn:aws:lambda:us-east-1:000000000000:function:fn'

const create = async (lambda: LambdaClient, ZipFile: Uint8Array, more: object = {}) =>
  lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'fn',
      Role: role,
      Runtime: 'nodejs20.x',
      Handler: 'index.handler',
      Code: { ZipFile },
      ...more,
    }),
  )

const run = async (lambda: LambdaClient, FunctionName: string, Qualifier?: string) => {
  const { Payload, ExecutedVersion } = await lambda.send(new InvokeCommand({ FunctionName, Qualifier }))
  return { ...(json(Payload) as { text: string; version: string; arn: string }), ExecutedVersion }
}

test('versions and aliases: each name runs its own code', async () => {
  const { lambda, simulator } = await startLambda()
  await create(lambda, await answering('one'))
  const first = await lambda.send(new PublishVersionCommand({ FunctionName: 'fn', Description: 'v1' }))
  expect([first.Version, first.FunctionArn, first.Description, first.State]).toEqual([
    '1',
    `${arn}:1`,
    'v1',
    'Active',
  ])
  // Nothing has changed, so nothing is published.
  expect((await lambda.send(new PublishVersionCommand({ FunctionName: 'fn' }))).Version).toBe('1')
  const second = await lambda.send(
    new UpdateFunctionCodeCommand({ FunctionName: 'fn', ZipFile: await answering('two'), Publish: true }),
  )
  expect([second.Version, second.FunctionArn]).toEqual(['2', `${arn}:2`])
  await lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'fn', ZipFile: await answering('three') }))

  const alias = await lambda.send(
    new CreateAliasCommand({ FunctionName: 'fn', Name: 'prod', FunctionVersion: '1' }),
  )
  expect(alias).toMatchObject({
    AliasArn: `${arn}:prod`,
    Name: 'prod',
    FunctionVersion: '1',
    Description: '',
  })
  expect(await run(lambda, 'fn')).toMatchObject({
    text: 'three',
    version: '$LATEST',
    arn,
    ExecutedVersion: '$LATEST',
  })
  expect(await run(lambda, 'fn', '1')).toMatchObject({
    text: 'one',
    version: '1',
    arn: `${arn}:1`,
    ExecutedVersion: '1',
  })
  expect(await run(lambda, 'fn:2')).toMatchObject({ text: 'two' })
  expect(await run(lambda, `${arn}:prod`)).toMatchObject({ text: 'one', version: '1', arn: `${arn}:prod` })
  expect(await simulator.invoke('fn:prod')).toMatchObject({ result: { text: 'one' } })
  await lambda.send(new UpdateAliasCommand({ FunctionName: 'fn', Name: 'prod', FunctionVersion: '2' }))
  expect(await run(lambda, 'fn', 'prod')).toMatchObject({ text: 'two' })
  // All of the traffic goes to the second version: no chance is left.
  await lambda.send(
    new UpdateAliasCommand({
      FunctionName: 'fn',
      Name: 'prod',
      RoutingConfig: { AdditionalVersionWeights: { 1: 1 } },
    }),
  )
  expect(await run(lambda, 'fn', 'prod')).toMatchObject({ text: 'one', ExecutedVersion: '1' })

  const { Versions } = await lambda.send(new ListVersionsByFunctionCommand({ FunctionName: 'fn' }))
  expect(Versions?.map(({ Version, FunctionArn }) => [Version, FunctionArn])).toEqual([
    ['$LATEST', `${arn}:$LATEST`],
    ['1', `${arn}:1`],
    ['2', `${arn}:2`],
  ])
  expect(
    (await lambda.send(new ListAliasesCommand({ FunctionName: 'fn', FunctionVersion: '2' }))).Aliases,
  ).toMatchObject([{ Name: 'prod', RoutingConfig: { AdditionalVersionWeights: { 1: 1 } } }])
  const words: readonly (readonly [() => Promise<unknown>, string])[] = [
    [() => run(lambda, 'fn', '9'), `Function not found: ${arn}:9`],
    [
      () => run(lambda, 'fn:1', '2'),
      'The derived qualifier from the function name does not match the specified qualifier.',
    ],
    [
      () => lambda.send(new CreateAliasCommand({ FunctionName: 'fn', Name: 'prod', FunctionVersion: '1' })),
      `Alias already exists: ${arn}:prod`,
    ],
    [
      () => lambda.send(new CreateAliasCommand({ FunctionName: 'fn', Name: 'x', FunctionVersion: '9' })),
      `Function not found: ${arn}:9`,
    ],
    [
      () => lambda.send(new DeleteFunctionCommand({ FunctionName: 'fn', Qualifier: '$LATEST' })),
      '$LATEST version cannot be deleted without deleting the function.',
    ],
    [
      () => lambda.send(new DeleteFunctionCommand({ FunctionName: 'fn', Qualifier: '2' })),
      'Unable to delete version because the following aliases reference it: [prod]',
    ],
  ]
  for (const [call, message] of words) await expect(call()).rejects.toMatchObject({ message })
})

test('layers are found by require and by import of Python, and stay while they are used', async () => {
  const { lambda } = await startLambda()
  const layer = await lambda.send(
    new PublishLayerVersionCommand({
      LayerName: 'greet',
      Content: {
        ZipFile: await zipOf({
          'nodejs/node_modules/greet/index.js': 'module.exports = () => "from the layer"',
          'python/greet.py': 'def greet(): return "python layer"\n',
        }),
      },
      CompatibleRuntimes: ['nodejs20.x'],
      Description: 'd',
    }),
  )
  expect(layer).toMatchObject({
    LayerArn: 'arn:aws:lambda:us-east-1:000000000000:layer:greet',
    LayerVersionArn: 'arn:aws:lambda:us-east-1:000000000000:layer:greet:1',
    Version: 1,
    Description: 'd',
    CompatibleRuntimes: ['nodejs20.x'],
  })
  await create(
    lambda,
    await zipOf({ 'index.js': 'exports.handler = async () => ({ text: require("greet")() })' }),
    {
      Layers: [layer.LayerVersionArn],
    },
  )
  expect(await run(lambda, 'fn')).toMatchObject({ text: 'from the layer' })
  if (hasTool('python3', '--version')) {
    await create(
      lambda,
      await zipOf({
        'app.py': 'from greet import greet\ndef handler(event, context):\n    return {"text": greet()}\n',
      }),
      {
        FunctionName: 'py',
        Runtime: 'python3.12',
        Handler: 'app.handler',
        Layers: [layer.LayerVersionArn],
      },
    )
    expect(await run(lambda, 'py')).toMatchObject({ text: 'python layer' })
  }
  const permission = { LayerName: 'greet', VersionNumber: 1 }
  await lambda.send(
    new AddLayerVersionPermissionCommand({
      ...permission,
      StatementId: 's1',
      Action: 'lambda:GetLayerVersion',
      Principal: '*',
    }),
  )
  const { Policy = '' } = await lambda.send(new GetLayerVersionPolicyCommand(permission))
  expect(JSON.parse(Policy).Statement).toEqual([
    {
      Sid: 's1',
      Effect: 'Allow',
      Principal: '*',
      Action: 'lambda:GetLayerVersion',
      Resource: layer.LayerVersionArn,
    },
  ])
  await lambda.send(new DeleteLayerVersionCommand(permission))
  expect((await lambda.send(new ListLayerVersionsCommand({ LayerName: 'greet' }))).LayerVersions).toEqual([])
  await lambda.send(
    new UpdateFunctionCodeCommand({
      FunctionName: 'fn',
      ZipFile: await zipOf({
        'index.js': 'exports.handler = async () => ({ text: require("greet")() + "!" })',
      }),
    }),
  )
  expect((await run(lambda, 'fn')).text).toBe('from the layer!')
})

test('policies, tags, concurrency and invoke configurations', async () => {
  const { lambda, simulator } = await startLambda()
  await create(lambda, await answering('x'), { Tags: { a: '1' }, Publish: true })
  const grant = {
    FunctionName: 'fn',
    StatementId: 's3',
    Action: 'lambda:InvokeFunction',
    Principal: 's3.amazonaws.com',
    SourceArn: 'arn:aws:s3:::b',
    SourceAccount: '000000000000',
  }
  const statement = {
    Sid: 's3',
    Effect: 'Allow',
    Principal: { Service: 's3.amazonaws.com' },
    Action: 'lambda:InvokeFunction',
    Resource: arn,
    Condition: {
      StringEquals: { 'AWS:SourceAccount': '000000000000' },
      ArnLike: { 'AWS:SourceArn': 'arn:aws:s3:::b' },
    },
  }
  const added = await lambda.send(new AddPermissionCommand(grant))
  expect(added.Statement).toBe(JSON.stringify(statement))
  await expect(lambda.send(new AddPermissionCommand(grant))).rejects.toMatchObject({
    message:
      'The statement id (s3) provided already exists. Please provide a new statement id, or remove the existing statement.',
  })
  const { Policy = '' } = await lambda.send(new GetPolicyCommand({ FunctionName: 'fn' }))
  expect(JSON.parse(Policy)).toEqual({ Version: '2012-10-17', Id: 'default', Statement: [statement] })
  await lambda.send(new RemovePermissionCommand({ FunctionName: 'fn', StatementId: 's3' }))
  await expect(lambda.send(new GetPolicyCommand({ FunctionName: 'fn' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'The resource you requested does not exist.',
  })

  await lambda.send(new TagResourceCommand({ Resource: arn, Tags: { b: '2' } }))
  expect((await lambda.send(new ListTagsCommand({ Resource: arn }))).Tags).toEqual({ a: '1', b: '2' })

  await lambda.send(
    new PutFunctionConcurrencyCommand({ FunctionName: 'fn', ReservedConcurrentExecutions: 0 }),
  )
  await expect(run(lambda, 'fn')).rejects.toMatchObject({
    name: 'TooManyRequestsException',
    Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
    $metadata: { httpStatusCode: 429 },
  })
  await lambda.send(
    new PutFunctionConcurrencyCommand({ FunctionName: 'fn', ReservedConcurrentExecutions: 2 }),
  )
  expect(
    (await lambda.send(new GetFunctionConcurrencyCommand({ FunctionName: 'fn' })))
      .ReservedConcurrentExecutions,
  ).toBe(2)
  await expect(
    lambda.send(new PutFunctionConcurrencyCommand({ FunctionName: 'fn', ReservedConcurrentExecutions: 901 })),
  ).rejects.toMatchObject({
    message:
      "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].",
  })
  const provisioned = { FunctionName: 'fn', Qualifier: '1' }
  await expect(lambda.send(new GetProvisionedConcurrencyConfigCommand(provisioned))).rejects.toMatchObject({
    name: 'ProvisionedConcurrencyConfigNotFoundException',
  })
  await lambda.send(
    new PutProvisionedConcurrencyConfigCommand({ ...provisioned, ProvisionedConcurrentExecutions: 1 }),
  )
  await simulator.idle()
  expect(await lambda.send(new GetProvisionedConcurrencyConfigCommand(provisioned))).toMatchObject({
    Status: 'READY',
    AvailableProvisionedConcurrentExecutions: 1,
  })

  await expect(
    lambda.send(new GetFunctionEventInvokeConfigCommand({ FunctionName: 'fn' })),
  ).rejects.toMatchObject({
    message: `The function ${arn}:$LATEST doesn't have an EventInvokeConfig`,
  })
  await lambda.send(new PutFunctionEventInvokeConfigCommand({ FunctionName: 'fn', MaximumRetryAttempts: 0 }))
  const { $metadata: _metadata, ...invoke } = await lambda.send(
    new GetFunctionEventInvokeConfigCommand({ FunctionName: 'fn' }),
  )
  expect(invoke).toEqual({
    FunctionArn: `${arn}:$LATEST`,
    LastModified: expect.any(Date),
    MaximumRetryAttempts: 0,
    DestinationConfig: { OnSuccess: {}, OnFailure: {} },
  })
})

test('a failed event goes to the destination that its configuration names, without retries', async () => {
  const { lambda, simulator } = await startLambda({
    'handlers/failed.mjs':
      'export const handler = async event => { console.log("FAILED " + JSON.stringify(event.requestContext)) }',
  })
  await create(lambda, await zipOf({ 'index.js': 'exports.handler = async () => { throw new Error("no") }' }))
  await lambda.send(
    new PutFunctionEventInvokeConfigCommand({
      FunctionName: 'fn',
      MaximumRetryAttempts: 0,
      DestinationConfig: {
        OnFailure: { Destination: 'arn:aws:lambda:us-east-1:000000000000:function:failed' },
      },
    }),
  )
  const sent = await lambda.send(
    new InvokeCommand({ FunctionName: 'fn', InvocationType: 'Event', Payload: Buffer.from('{}') }),
  )
  expect([sent.StatusCode, sent.Payload?.length ?? 0]).toEqual([202, 0])
  await simulator.idle()
  const told = simulator.journal.records().filter(({ subject }) => subject['function'] === 'failed')
  expect(told.length).toBeGreaterThan(0)
})

test('a bucket keeps the records of failed events', async () => {
  const { lambda, simulator } = await startLambda()
  const s3 = new S3Client(simulator.clientConfig())
  await s3.send(new CreateBucketCommand({ Bucket: 'failures' }))
  await create(lambda, await zipOf({ 'index.js': 'exports.handler = async () => { throw new Error("no") }' }))
  await lambda.send(
    new PutFunctionEventInvokeConfigCommand({
      FunctionName: 'fn',
      MaximumRetryAttempts: 0,
      DestinationConfig: { OnFailure: { Destination: 'arn:aws:s3:::failures' } },
    }),
  )
  const { $metadata } = await lambda.send(
    new InvokeCommand({ FunctionName: 'fn', InvocationType: 'Event', Payload: Buffer.from('{"a":1}') }),
  )
  await simulator.idle()
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: 'failures' }))
  expect(Contents.map(({ Key }) => Key)).toEqual([
    expect.stringMatching(
      /^aws\/lambda\/async\/fn\/\d{4}\/\d\d\/\d\d\/\d{4}-\d\d-\d\dT\d\d\.\d\d\.\d\d-[0-9a-f-]{36}$/,
    ),
  ])
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'failures', Key: Contents[0]?.Key }))
  expect(JSON.parse((await Body?.transformToString()) ?? '')).toEqual({
    version: '1.0',
    timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
    requestContext: {
      requestId: $metadata.requestId,
      functionArn: `${arn}:$LATEST`,
      condition: 'RetriesExhausted',
      approximateInvokeCount: 1,
    },
    requestPayload: { a: 1 },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    responsePayload: { errorType: 'Error', errorMessage: 'no', trace: expect.any(Array) },
  })
})

test('event source mappings keep their state', async () => {
  const { lambda } = await startLambda()
  await create(lambda, await answering('x'))
  const EventSourceArn = 'arn:aws:sqs:us-east-1:000000000000:q'
  const made = await lambda.send(new CreateEventSourceMappingCommand({ FunctionName: 'fn', EventSourceArn }))
  expect(made).toMatchObject({ State: 'Creating', BatchSize: 10, FunctionArn: arn, EventSourceArn })
  const UUID = made.UUID ?? ''
  expect(await lambda.send(new GetEventSourceMappingCommand({ UUID }))).toMatchObject({
    State: 'Enabled',
    UUID,
  })
  await expect(
    lambda.send(new CreateEventSourceMappingCommand({ FunctionName: 'fn', EventSourceArn })),
  ).rejects.toMatchObject({
    name: 'ResourceConflictException',
  })
  await expect(
    lambda.send(new CreateEventSourceMappingCommand({ FunctionName: 'fn' })),
  ).rejects.toMatchObject({ message: 'Unrecognized event source.' })
  expect((await lambda.send(new DeleteEventSourceMappingCommand({ UUID }))).State).toBe('Deleting')
  await expect(lambda.send(new GetEventSourceMappingCommand({ UUID }))).rejects.toMatchObject({
    message: 'The resource you requested does not exist.',
  })
})

test('a streamed response arrives in its chunks', async () => {
  const { lambda } = await startLambda()
  const code =
    'exports.handler = awslambda.streamifyResponse(async (event, stream) => { stream.write("one,"); await new Promise(r => setTimeout(r, 20)); stream.write("two"); stream.end() })'
  await create(lambda, await zipOf({ 'index.js': code }))
  const { EventStream = [] } = await lambda.send(new InvokeWithResponseStreamCommand({ FunctionName: 'fn' }))
  const chunks: string[] = []
  let complete: unknown
  for await (const event of EventStream) {
    if (event.PayloadChunk) chunks.push(Buffer.from(event.PayloadChunk.Payload ?? []).toString())
    if (event.InvokeComplete) complete = event.InvokeComplete
  }
  expect([chunks.join(''), complete]).toEqual(['one,two', {}])
  await expect(
    lambda.send(new InvokeWithResponseStreamCommand({ FunctionName: 'none' })),
  ).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})

test('a function of the project has the layers that its configuration names, folders and ARNs', async () => {
  const { lambda, simulator } = await startLambda({
    'handlers/user.js': `exports.handler = async () => ['near', 'far'].map(name => {
        try { return require(name) } catch (error) { return error.code } })`,
    'layers/near/nodejs/node_modules/near/index.js': 'module.exports = "near"',
    'lambdarium.config.json': JSON.stringify({
      functions: {
        user: { layers: ['layers/near', 'arn:aws:lambda:us-east-1:000000000000:layer:far:1'] },
      },
    }),
  })
  expect((await simulator.invoke('user')).result).toEqual(['near', 'MODULE_NOT_FOUND'])
  const ZipFile = await zipOf({ 'nodejs/node_modules/far/index.js': 'module.exports = "far"' })
  await lambda.send(new PublishLayerVersionCommand({ LayerName: 'far', Content: { ZipFile } }))
  expect((await simulator.invoke('user')).result).toEqual(['near', 'far'])
})
