import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  PutSubscriptionFilterCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import {
  AddPermissionCommand,
  CreateFunctionCommand,
  CreateFunctionUrlConfigCommand,
  RemovePermissionCommand,
} from '@aws-sdk/client-lambda'
import { CreateBucketCommand, PutBucketNotificationConfigurationCommand, S3Client } from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import type { SimulatorOptions } from '../../../src/index.ts'
import { answering, role, startLambda } from './lambda-simulator.ts'

const arn = 'arn:aws:lambda:us-east-1:000000000000:function:made'
const uri = (name: string, account = '123412341234') =>
  `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:${account}:function:${name}/invocations`
const method = (name: string, more: object = {}) => ({
  get: {
    'x-amazon-apigateway-integration': {
      type: 'AWS',
      httpMethod: 'POST',
      uri: uri(name),
      responses: { default: { statusCode: '200' } },
      ...more,
    },
  },
})

async function start(options: SimulatorOptions = {}) {
  const swagger = JSON.stringify({
    swagger: '2.0',
    info: { title: 'shop', version: '1' },
    paths: {
      '/own': method('own'),
      '/made/{id}': method('made'),
      '/role': method('made', { credentials: 'arn:aws:iam::000000000000:role/gateway' }),
    },
  })
  const files = { 'swagger/shop.json': swagger, 'handlers/own.js': 'exports.handler = async () => "own"' }
  const started = await startLambda(files, options)
  await started.lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'made',
      Role: role,
      Runtime: 'nodejs20.x',
      Handler: 'index.handler',
      Code: { ZipFile: await answering('made') },
    }),
  )
  const get = async (path: string) => {
    const response = await fetch(`${started.simulator.api}/dev${path}`)
    const type = response.headers.get('x-amzn-errortype')
    return [response.status, await response.json(), ...(type === null ? [] : [type])]
  }
  const permit = (change: object) =>
    started.lambda.send(
      new AddPermissionCommand({
        FunctionName: 'made',
        StatementId: 's',
        Principal: 'apigateway.amazonaws.com',
        Action: 'lambda:InvokeFunction',
        ...change,
      }),
    )
  const forbid = () =>
    started.lambda.send(new RemovePermissionCommand({ FunctionName: 'made', StatementId: 's' }))
  return { ...started, get, permit, forbid }
}

test('the gateway asks the policy of a function that was made through the API, not of the project', async () => {
  const { get, permit, forbid, simulator } = await start()
  expect(await get('/own')).toEqual([200, 'own'])
  // What AWS answers a caller where the log says "Invalid permissions on Lambda function".
  const refused = [500, { message: 'Internal server error' }, 'InternalServerErrorException']
  expect(await get('/made/1')).toEqual(refused)
  expect(JSON.stringify(simulator.journal.records())).toContain('Invalid permissions on Lambda function')
  // A role that was never declared may do everything; the policy is not asked.
  expect(await get('/role')).toEqual([200, expect.objectContaining({ text: 'made' })])
  for (const [SourceArn, allowed] of [
    ['arn:aws:execute-api:us-east-1:000000000000:shop/*/GET/made/*', true],
    ['arn:aws:execute-api:us-east-1:000000000000:shop/*/*', true],
    ['arn:aws:execute-api:us-east-1:000000000000:shop/*/POST/made/*', false],
    ['arn:aws:execute-api:us-east-1:000000000000:other/*', false],
  ] as const) {
    await permit({ SourceArn })
    expect([SourceArn, ...(await get('/made/1'))].slice(0, 2)).toEqual([SourceArn, allowed ? 200 : 500])
    await forbid()
  }
  await permit({ Principal: 's3.amazonaws.com' })
  expect(await get('/made/1')).toEqual(refused)
})

test('S3 and CloudWatch Logs are let in by the policy', async () => {
  const { simulator, permit, forbid } = await start()
  const s3 = new S3Client(simulator.clientConfig())
  await s3.send(new CreateBucketCommand({ Bucket: 'photos' }))
  const notify = () =>
    s3.send(
      new PutBucketNotificationConfigurationCommand({
        Bucket: 'photos',
        NotificationConfiguration: {
          LambdaFunctionConfigurations: [{ LambdaFunctionArn: arn, Events: ['s3:ObjectCreated:*'] }],
        },
      }),
    )
  await permit({ Principal: 's3.amazonaws.com', SourceArn: 'arn:aws:s3:::other' })
  await expect(notify()).rejects.toMatchObject({
    name: 'InvalidArgument',
    message: 'Unable to validate the following destination configurations',
  })
  await forbid()
  await permit({
    Principal: 's3.amazonaws.com',
    SourceArn: 'arn:aws:s3:::photos',
    SourceAccount: '000000000000',
  })
  await notify()

  const logs = new CloudWatchLogsClient({ ...simulator.clientConfig(), maxAttempts: 1 })
  await logs.send(new CreateLogGroupCommand({ logGroupName: 'g' }))
  const subscribe = () =>
    logs.send(
      new PutSubscriptionFilterCommand({
        logGroupName: 'g',
        filterName: 'f',
        filterPattern: '',
        destinationArn: arn,
      }),
    )
  await expect(subscribe()).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message:
      'Could not execute the lambda function. Make sure you have given CloudWatch Logs permission to execute your function.',
  })
  await forbid()
  await permit({
    Principal: 'logs.amazonaws.com',
    SourceArn: 'arn:aws:logs:us-east-1:000000000000:log-group:g:*',
  })
  await subscribe()
})

test.each(['off', 'warn'] as const)('with auth %s nobody is refused for want of a permission', async auth => {
  const { simulator, lambda, get } = await start({ auth })
  expect(await get('/made/1')).toEqual([200, expect.objectContaining({ text: 'made' })])
  const { FunctionUrl = '' } = await lambda.send(
    new CreateFunctionUrlConfigCommand({ FunctionName: 'made', AuthType: 'NONE' }),
  )
  const id = new URL(FunctionUrl).host.split('.')[0]
  const response = await fetch(`${simulator.aws}/_lambdarium/urls/${id}/`)
  expect([response.status, await response.json()]).toEqual([200, expect.objectContaining({ text: 'made' })])
})
