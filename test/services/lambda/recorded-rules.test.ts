import { readFileSync } from 'node:fs'
import {
  AddPermissionCommand,
  CreateAliasCommand,
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetAccountSettingsCommand,
  GetFunctionConfigurationCommand,
  GetPolicyCommand,
  InvokeCommand,
  type LambdaClient,
  PublishLayerVersionCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  PutProvisionedConcurrencyConfigCommand,
  RemovePermissionCommand,
  type Runtime,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { runtimeNames } from '../../../src/services/lambda/runtime-name.ts'
import { answering, json, role, startLambda, zipOf } from './lambda-simulator.ts'

// What LocalStack recorded from AWS in test_lambda_api.snapshot.json and test_lambda.snapshot.json, as rules.

async function create(lambda: LambdaClient, change: object = {}): Promise<string> {
  const { FunctionArn = '' } = await lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'fn',
      Role: role,
      Runtime: 'nodejs20.x',
      Handler: 'index.handler',
      Code: { ZipFile: await answering('one') },
      ...change,
    }),
  )
  return FunctionArn
}

const configurationOf = (lambda: LambdaClient) =>
  lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'fn' }))

test('a changed description is a change that a version is made of; a version’s own description is none', async () => {
  const { lambda } = await startLambda()
  await create(lambda)
  const publish = (Description?: string) =>
    lambda.send(new PublishVersionCommand({ FunctionName: 'fn', ...(Description && { Description }) }))
  const described = async (Description: string) => {
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'fn', Description }))
  }
  await described('first')
  const shown = async (published: ReturnType<typeof publish>) => {
    const { Version, Description } = await published
    return [Version, Description]
  }
  expect(await shown(publish('its own'))).toEqual(['1', 'its own'])
  expect(await shown(publish())).toEqual(['1', 'its own'])
  await described('second')
  expect(await shown(publish())).toEqual(['2', 'second'])
  expect(await shown(publish('another'))).toEqual(['2', 'second'])
})

test('a version that is not there is deleted without an error, a function that is not there is not', async () => {
  const { lambda } = await startLambda()
  await create(lambda)
  const remove = (Qualifier?: string) =>
    lambda.send(new DeleteFunctionCommand({ FunctionName: 'fn', ...(Qualifier && { Qualifier }) }))
  expect((await remove('77')).$metadata.httpStatusCode).toBe(204)
  await remove()
  await expect(remove('77')).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'Function not found: arn:aws:lambda:us-east-1:000000000000:function:fn',
  })
})

test('a language without a version is its present one, with a warning; the names are those of the model', async () => {
  const { lambda } = await startLambda()
  await create(lambda, { Runtime: 'python' as Runtime })
  expect((await configurationOf(lambda)).Runtime).toBe('python3.13')
  await lambda.send(
    new UpdateFunctionConfigurationCommand({ FunctionName: 'fn', Runtime: 'java' as Runtime }),
  )
  expect((await configurationOf(lambda)).Runtime).toBe('java21')
  const model = JSON.parse(readFileSync('src/aws/models/lambda.json', 'utf8')) as {
    readonly shapes: { readonly Runtime: { readonly enum: readonly string[] } }
  }
  expect(runtimeNames.toSorted()).toEqual(model.shapes.Runtime.enum.toSorted())
})

test('layers count as code; tags change the revision; nothing to untag is a missing member', async () => {
  const { lambda } = await startLambda()
  const arn = await create(lambda)
  const usage = async () => (await lambda.send(new GetAccountSettingsCommand({}))).AccountUsage?.TotalCodeSize
  const before = (await usage()) ?? 0
  const layer = await zipOf({ 'nodejs/a.js': '1' })
  await lambda.send(new PublishLayerVersionCommand({ LayerName: 'l', Content: { ZipFile: layer } }))
  expect(await usage()).toBe(before + layer.length)

  const revisions = new Set([(await configurationOf(lambda)).RevisionId])
  await lambda.send(new TagResourceCommand({ Resource: arn, Tags: { a: 'b' } }))
  revisions.add((await configurationOf(lambda)).RevisionId)
  await lambda.send(new UntagResourceCommand({ Resource: arn, TagKeys: ['a'] }))
  revisions.add((await configurationOf(lambda)).RevisionId)
  expect(revisions.size).toBe(3)
  await expect(lambda.send(new UntagResourceCommand({ Resource: arn, TagKeys: [] }))).rejects.toMatchObject({
    name: 'ValidationException',
    message:
      "1 validation error detected: Value null at 'tagKeys' failed to satisfy constraint: Member must not be null",
  })
})

test('text has no log levels, also where JSON had some', async () => {
  const { lambda } = await startLambda()
  await create(lambda, { LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'DEBUG' } })
  expect((await configurationOf(lambda)).LoggingConfig).toEqual({
    LogFormat: 'JSON',
    ApplicationLogLevel: 'DEBUG',
    SystemLogLevel: 'INFO',
    LogGroup: '/aws/lambda/fn',
  })
  await lambda.send(
    new UpdateFunctionConfigurationCommand({ FunctionName: 'fn', LoggingConfig: { LogFormat: 'Text' } }),
  )
  expect((await configurationOf(lambda)).LoggingConfig).toEqual({
    LogFormat: 'Text',
    LogGroup: '/aws/lambda/fn',
  })
})

test('a first permission is compared with its holder’s revision, later ones with the policy’s', async () => {
  const { lambda } = await startLambda()
  await create(lambda)
  await lambda.send(new PublishVersionCommand({ FunctionName: 'fn' }))
  const alias = await lambda.send(
    new CreateAliasCommand({ FunctionName: 'fn', Name: 'live', FunctionVersion: '1' }),
  )
  const add = (StatementId: string, RevisionId?: string, Principal = 's3.amazonaws.com') =>
    lambda.send(
      new AddPermissionCommand({
        FunctionName: 'fn',
        Qualifier: 'live',
        Action: 'lambda:InvokeFunction',
        StatementId,
        Principal,
        ...(RevisionId && { RevisionId }),
      }),
    )
  await expect(add('a', 'wrong')).rejects.toMatchObject({ name: 'PreconditionFailedException' })
  await add('a', alias.RevisionId)
  await expect(add('b', alias.RevisionId)).rejects.toMatchObject({ name: 'PreconditionFailedException' })
  const policy = await lambda.send(new GetPolicyCommand({ FunctionName: 'fn', Qualifier: 'live' }))
  await add('b', policy.RevisionId)
  await expect(add('c', undefined, 'service.example.com')).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message: 'The provided principal was invalid. Please check the principal and try again.',
  })
  const words: readonly (readonly [object, string])[] = [
    [{ FunctionName: 'none' }, 'No policy found for: arn:aws:lambda:us-east-1:000000000000:function:none'],
    [{ FunctionName: 'fn' }, 'No policy is associated with the given resource.'],
    [
      { FunctionName: 'fn', Qualifier: 'none' },
      'Cannot find alias arn: arn:aws:lambda:us-east-1:000000000000:function:fn:none',
    ],
  ]
  for (const [input, message] of words)
    await expect(
      lambda.send(new RemovePermissionCommand({ FunctionName: 'fn', StatementId: 'a', ...input })),
    ).rejects.toMatchObject({ message })
  await expect(lambda.send(new GetPolicyCommand({ FunctionName: 'none' }))).rejects.toMatchObject({
    message: 'The resource you requested does not exist.',
  })
})

test('what is provisioned is taken from what the function has reserved', async () => {
  const { simulator, lambda } = await startLambda()
  await create(lambda)
  await lambda.send(new PublishVersionCommand({ FunctionName: 'fn' }))
  await lambda.send(
    new PutFunctionConcurrencyCommand({ FunctionName: 'fn', ReservedConcurrentExecutions: 1 }),
  )
  const invoke = (Qualifier: string) => lambda.send(new InvokeCommand({ FunctionName: 'fn', Qualifier }))
  expect(json((await invoke('$LATEST')).Payload)).toMatchObject({ version: '$LATEST' })
  const provision = (ProvisionedConcurrentExecutions: number) =>
    lambda.send(
      new PutProvisionedConcurrencyConfigCommand({
        FunctionName: 'fn',
        Qualifier: '1',
        ProvisionedConcurrentExecutions,
      }),
    )
  await provision(1)
  await simulator.idle()
  await expect(invoke('$LATEST')).rejects.toMatchObject({
    name: 'TooManyRequestsException',
    Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
  })
  expect(json((await invoke('1')).Payload)).toMatchObject({ version: '1' })
  await expect(provision(2)).rejects.toMatchObject({
    message:
      'Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function',
  })
})
