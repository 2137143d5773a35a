import { createHash } from 'node:crypto'
import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  ListFunctionsCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import { expect, onTestFinished, test } from 'vitest'
import { createSimulator } from '../../../src/index.ts'
import { temporaryProject } from '../../support/temporary-project.ts'
import { answering, json, role, startLambda, zipOf } from './lambda-simulator.ts'

const uuid = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)

test('a function is created, read, run, changed and deleted with what AWS answers', async () => {
  const { lambda } = await startLambda()
  const zip = await answering('one')
  const made = await lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'fn',
      Role: role,
      Runtime: 'nodejs20.x',
      Handler: 'index.handler',
      Code: { ZipFile: zip },
    }),
  )
  const { $metadata, ...answer } = made
  expect($metadata.httpStatusCode).toBe(201)
  const configuration = {
    FunctionName: 'fn',
    FunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:fn',
    Runtime: 'nodejs20.x',
    Role: role,
    Handler: 'index.handler',
    CodeSize: zip.length,
    CodeSha256: createHash('sha256').update(zip).digest('base64'),
    Description: '',
    Timeout: 3,
    MemorySize: 128,
    LastModified: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/),
    Version: '$LATEST',
    TracingConfig: { Mode: 'PassThrough' },
    RevisionId: uuid,
    PackageType: 'Zip',
    Architectures: ['x86_64'],
    EphemeralStorage: { Size: 512 },
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
    RuntimeVersionConfig: {
      RuntimeVersionArn: expect.stringMatching(/^arn:aws:lambda:us-east-1::runtime:[0-9a-f]{64}$/),
    },
    LoggingConfig: { LogFormat: 'Text', LogGroup: '/aws/lambda/fn' },
  }
  // As recorded: LocalStack's test_lambda_api.snapshot.json, TestLambdaFunction::test_function_lifecycle.
  expect(answer).toEqual({
    ...configuration,
    State: 'Pending',
    StateReason: 'The function is being created.',
    StateReasonCode: 'Creating',
  })
  const read = await lambda.send(new GetFunctionCommand({ FunctionName: 'fn' }))
  expect(read.Configuration).toEqual({ ...configuration, State: 'Active', LastUpdateStatus: 'Successful' })
  expect(read.Code?.RepositoryType).toBe('S3')
  const archive = await fetch(read.Code?.Location ?? '')
  expect(Buffer.from(await archive.arrayBuffer()).equals(zip)).toBe(true)

  const run = await lambda.send(
    new InvokeCommand({ FunctionName: 'fn', Payload: Buffer.from('{"a":1}'), LogType: 'Tail' }),
  )
  expect(json(run.Payload)).toEqual({
    text: 'one',
    event: { a: 1 },
    version: '$LATEST',
    arn: 'arn:aws:lambda:us-east-1:000000000000:function:fn',
    id: run.$metadata.requestId,
  })
  expect([run.StatusCode, run.ExecutedVersion, run.FunctionError]).toEqual([200, '$LATEST', undefined])
  expect(Buffer.from(run.LogResult ?? '', 'base64').toString()).toContain(
    `START RequestId: ${run.$metadata.requestId}`,
  )

  const updated = await lambda.send(
    new UpdateFunctionCodeCommand({ FunctionName: 'fn', ZipFile: await answering('two') }),
  )
  expect([updated.LastUpdateStatus, updated.State, updated.CodeSha256 === answer.CodeSha256]).toEqual([
    'InProgress',
    'Active',
    false,
  ])
  expect(json((await lambda.send(new InvokeCommand({ FunctionName: 'fn' }))).Payload)).toMatchObject({
    text: 'two',
  })

  await lambda.send(
    new UpdateFunctionConfigurationCommand({
      FunctionName: 'fn',
      Timeout: 9,
      Environment: { Variables: { AB: 'b' } },
      Description: 'd',
    }),
  )
  const after = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'fn' }))
  expect([after.Timeout, after.Environment, after.Description, after.MemorySize]).toEqual([
    9,
    { Variables: { AB: 'b' } },
    'd',
    128,
  ])

  const deleted = await lambda.send(new DeleteFunctionCommand({ FunctionName: 'fn' }))
  expect(deleted.$metadata.httpStatusCode).toBe(204)
  await expect(lambda.send(new GetFunctionCommand({ FunctionName: 'fn' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'Function not found: arn:aws:lambda:us-east-1:000000000000:function:fn',
    Type: 'User',
    $metadata: { httpStatusCode: 404 },
  })
  await expect(lambda.send(new InvokeCommand({ FunctionName: 'fn' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  })
})

test('what AWS refuses is refused in its words', async () => {
  const { lambda } = await startLambda()
  const ZipFile = await answering('x')
  const create = (change: object) =>
    lambda.send(
      new CreateFunctionCommand({
        FunctionName: 'fn',
        Role: role,
        Runtime: 'nodejs20.x',
        Handler: 'index.handler',
        Code: { ZipFile },
        ...change,
      }),
    )
  await create({})
  const words: readonly (readonly [object, string, string])[] = [
    [{}, 'ResourceConflictException', 'Function already exist: fn'],
    [
      { FunctionName: 'n', Code: { ZipFile: Buffer.from('no zip') } },
      'InvalidParameterValueException',
      'Could not unzip uploaded file. Please check your file, then try to upload again.',
    ],
    // The limits' words are AWS's own, as CloudFormation hands them on.
    ...(
      [
        [{ Timeout: 901 }, '901', 'timeout', 'value', 900],
        [{ MemorySize: 10_241 }, '10241', 'memorySize', 'value', 10_240],
        [{ EphemeralStorage: { Size: 10_241 } }, '10241', 'ephemeralStorage.size', 'value', 10_240],
      ] as const
    ).map(
      ([change, value, member, what, limit]) =>
        [
          { FunctionName: 'n', ...change },
          'ValidationException',
          `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must have ${what} less than or equal to ${limit}`,
        ] as const,
    ),
    [
      { FunctionName: 'n'.repeat(65) },
      'InvalidParameterValueException',
      `1 validation error detected: Value '${'n'.repeat(65)}' at 'functionName' failed to satisfy constraint: Member must have length less than or equal to 64`,
    ],
    [
      { FunctionName: 'n', Runtime: 'PYTHON3.9' },
      'InvalidParameterValueException',
      "Value PYTHON3.9 at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [nodejs20.x, python3.14, provided.al2023, python3.12, python3.13, nodejs24.x, nodejs22.x, java25, python3.10, python3.11, java21, ruby3.3, ruby3.4, ruby3.2, python3.8, python3.9, java17, nodejs16.x, dotnet10, dotnet8, java11, dotnet6, nodejs18.x, provided.al2, java8.al2] or be a valid ARN",
    ],
    [
      { FunctionName: 'n', Architectures: ['X86_64'] },
      'ValidationException',
      "1 validation error detected: Value '[X86_64]' at 'architectures' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [x86_64, arm64], Member must not be null]",
    ],
    [
      {
        FunctionName: 'n',
        Tags: Object.fromEntries(Array.from({ length: 51 }, (_, key) => [`k${key}`, 'v'])),
      },
      'InvalidParameterValueException',
      'Number of tags exceeds resource tag limit.',
    ],
    [
      // Said before it is looked whether the name is taken.
      { Layers: ['arn:aws:lambda:eu-west-1:000000000000:layer:none:1'] },
      'InvalidParameterValueException',
      'Layers are not in the same region as the function. Layers are expected to be in region us-east-1.',
    ],
    [
      { FunctionName: 'n', Runtime: undefined },
      'InvalidParameterValueException',
      'Runtime and Handler are mandatory parameters for functions created with deployment packages.',
    ],
    [
      { FunctionName: 'n', Code: { ImageUri: 'x' }, PackageType: 'Image' },
      'InvalidParameterValueException',
      'A function out of a container image is not supported by Lambdarium.',
    ],
    [
      { FunctionName: 'n', Environment: { Variables: { AWS_REGION: 'x' } } },
      'InvalidParameterValueException',
      'Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: AWS_REGION',
    ],
    [
      { FunctionName: 'n', Layers: ['arn:aws:lambda:us-east-1:000000000000:layer:none:1'] },
      'InvalidParameterValueException',
      'Layer version arn:aws:lambda:us-east-1:000000000000:layer:none:1 does not exist.',
    ],
    [
      { FunctionName: 'n', Role: 'r1' },
      'ValidationException',
      "1 validation error detected: Value 'r1' at 'role' failed to satisfy constraint: Member must satisfy regular expression pattern: arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+",
    ],
  ]
  for (const [change, name, message] of words)
    await expect(create(change), message).rejects.toMatchObject({ name, message })
  expect(
    (await lambda.send(new ListFunctionsCommand({}))).Functions?.map(({ FunctionName }) => FunctionName),
  ).toEqual(['fn'])
  await expect(
    lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'fn', ZipFile, RevisionId: 'x' })),
  ).rejects.toMatchObject({
    name: 'PreconditionFailedException',
    message:
      'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
    $metadata: { httpStatusCode: 412 },
  })
})

test("the project's functions are listed and run, and refuse to be changed", async () => {
  const { lambda } = await startLambda({
    'handlers/hello.mjs': 'export const handler = async ({ name }) => `Hello ${name}!`',
  })
  const { Functions } = await lambda.send(new ListFunctionsCommand({}))
  expect(Functions?.map(({ FunctionName, Handler, State }) => [FunctionName, Handler, State])).toEqual([
    ['hello', expect.any(String), undefined],
  ])
  const run = await lambda.send(
    new InvokeCommand({ FunctionName: 'hello', Payload: Buffer.from('{"name":"Ada"}') }),
  )
  expect(json(run.Payload)).toBe('Hello Ada!')
  const ZipFile = await answering('x')
  await expect(
    lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'hello', ZipFile })),
  ).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message: expect.stringContaining("hello is a function of the project's folder"),
  })
  await expect(
    lambda.send(
      new CreateFunctionCommand({
        FunctionName: 'hello',
        Role: role,
        Runtime: 'nodejs20.x',
        Handler: 'i.h',
        Code: { ZipFile },
      }),
    ),
  ).rejects.toMatchObject({ message: 'Function already exist: hello' })
})

test('archives that would leave their folder, or burst, are refused and leave nothing', async () => {
  const { lambda } = await startLambda()
  const create = (ZipFile: Uint8Array) =>
    lambda.send(
      new CreateFunctionCommand({
        FunctionName: 'f',
        Role: role,
        Runtime: 'nodejs20.x',
        Handler: 'index.handler',
        Code: { ZipFile },
      }),
    )
  const evil = Buffer.from(await zipOf({ 'aa/evil.js': 'x' }))
  const traversal = Buffer.from(evil.toString('latin1').replaceAll('aa/evil.js', '../evil.js'), 'latin1')
  const bomb = await zipOf({ 'zeros.bin': Buffer.alloc(262_144_001) })
  const link = await zipOf({ out: { text: '/etc/passwd', mode: 0o120777 } })
  const unzip = 'Could not unzip uploaded file. Please check your file, then try to upload again.'
  await expect(create(traversal)).rejects.toMatchObject({ message: unzip })
  await expect(create(link)).rejects.toMatchObject({ message: unzip })
  await expect(create(bomb)).rejects.toMatchObject({
    message: 'Unzipped size must be smaller than 262144000 bytes',
  })
})

test('functions survive a restart with --data', async () => {
  const data = temporaryProject()
  onTestFinished(data.remove)
  const { lambda, simulator } = await startLambda({}, { data: data.directory })
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'fn',
      Role: role,
      Runtime: 'nodejs20.x',
      Handler: 'index.handler',
      Code: { ZipFile: await answering('kept') },
      Publish: true,
    }),
  )
  await simulator.stop()
  const again = await createSimulator({ project: data.directory, data: data.directory })
  try {
    expect(await again.invoke('fn:1', { a: 1 })).toMatchObject({ result: { text: 'kept', version: '1' } })
  } finally {
    await again.stop()
  }
})
