import { existsSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { answerOf, createHarness } from './harness.ts'

test('a function sees the variables that Lambda documents, its own, and nothing of the simulator', async () => {
  const harness = createHarness({
    hostEnvironment: { PATH: process.env['PATH'], HOME: '/home/ada', AWS_PROFILE: 'work', SECRET: 'x' },
    credentialsFor: (role, name) => ({
      accessKeyId: `AKIA${name}`,
      secretAccessKey: 'secret',
      sessionToken: role,
    }),
  })
  const definition = harness.define(
    { 'index.js': 'exports.handler = async () => ({ ...process.env })' },
    { environment: { TABLE: 'Rides', AWS_REGION: 'mine', TZ: 'Europe/Rome' } },
  )
  harness.deploy(definition)
  const environment = answerOf(
    await harness.invoke(
      {},
      { traceId: 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1' },
    ),
  ) as Record<string, string>
  const { TMPDIR = '' } = environment
  // https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html; the rest is ours.
  expect(environment).toEqual({
    _AWS_XRAY_DAEMON_ADDRESS: '127.0.0.1',
    _AWS_XRAY_DAEMON_PORT: '2000',
    _HANDLER: 'index.handler',
    _X_AMZN_TRACE_ID: expect.stringMatching(
      /^Root=1-5759e988-bd862e3fe1be46a994272793;Parent=[0-9a-f]{16};Sampled=1;Lineage=[0-9a-f]{8}:0$/,
    ) as string,
    AWS_ACCESS_KEY_ID: 'AKIAgreet',
    AWS_CONFIG_FILE: expect.stringContaining(TMPDIR) as string,
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
    AWS_LAMBDA_FUNCTION_NAME: 'greet',
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/greet',
    AWS_LAMBDA_LOG_STREAM_NAME: expect.stringMatching(
      /^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/,
    ) as string,
    AWS_REGION: 'us-east-1',
    AWS_SAM_LOCAL: 'true',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_SESSION_TOKEN: definition.role,
    AWS_SHARED_CREDENTIALS_FILE: expect.stringContaining(TMPDIR) as string,
    AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
    AWS_XRAY_DAEMON_ADDRESS: '127.0.0.1:2000',
    HOME: '/home/ada',
    IS_OFFLINE: 'true',
    LAMBDA_RUNTIME_DIR: expect.any(String) as string,
    LAMBDA_TASK_ROOT: definition.codeDirectory,
    LANG: 'en_US.UTF-8',
    NODE_PATH: definition.codeDirectory,
    PATH: process.env['PATH'],
    TABLE: 'Rides',
    TEMP: TMPDIR,
    TMP: TMPDIR,
    TMPDIR,
    TZ: 'Europe/Rome',
  })
})

test('its folder is the working directory; it has a folder for files that goes with it', async () => {
  const harness = createHarness()
  const definition = harness.define({
    'index.js': `const fs = require('node:fs'), os = require('node:os'), path = require('node:path')
exports.handler = async () => {
  const file = path.join(os.tmpdir(), 'count')
  const before = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : 'none'
  fs.writeFileSync(file, 'some')
  return { cwd: process.cwd(), before, file, zone: new Date(0).getTimezoneOffset() }
}`,
  })
  harness.deploy(definition)
  const first = answerOf(await harness.invoke({})) as { file: string }
  expect(first).toMatchObject({ cwd: definition.codeDirectory, before: 'none', zone: 0 })
  expect(answerOf(await harness.invoke({}))).toMatchObject({ before: 'some' })
  expect(existsSync(first.file)).toBe(true)
  await harness.lambda.stop()
  expect(existsSync(first.file)).toBe(false)
})

test('the context has everything', async () => {
  const harness = createHarness()
  harness.deploy(
    harness.define(
      {
        'index.js': `exports.handler = async (event, context) => ({
  keys: Object.keys(context), ...context, remaining: context.getRemainingTimeInMillis() })`,
      },
      { timeout: 30 },
    ),
  )
  const answer = answerOf(
    await harness.invoke(
      {},
      {
        functionName: 'arn:aws:lambda:eu-west-1:123456789012:function:greet:$LATEST',
        requestId: 'id-1',
        clientContext: Buffer.from('{"custom":{"a":"b"}}').toString('base64'),
        cognitoIdentity: { identityId: 'us-east-1:abc', identityPoolId: 'us-east-1:pool' },
      },
    ),
  ) as { remaining: number }
  expect(answer).toEqual({
    keys: [
      'callbackWaitsForEmptyEventLoop',
      'succeed',
      'fail',
      'done',
      'functionVersion',
      'functionName',
      'memoryLimitInMB',
      'logGroupName',
      'logStreamName',
      'clientContext',
      'identity',
      'invokedFunctionArn',
      'awsRequestId',
      'getRemainingTimeInMillis',
    ],
    callbackWaitsForEmptyEventLoop: true,
    functionVersion: '$LATEST',
    functionName: 'greet',
    memoryLimitInMB: '128',
    logGroupName: '/aws/lambda/greet',
    logStreamName: expect.stringContaining('[$LATEST]') as string,
    clientContext: { custom: { a: 'b' } },
    identity: { cognitoIdentityId: 'us-east-1:abc', cognitoIdentityPoolId: 'us-east-1:pool' },
    invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:greet:$LATEST',
    awsRequestId: 'id-1',
    remaining: expect.any(Number) as number,
  })
  // Two clocks of one machine may differ by a few milliseconds.
  expect(Math.round(answer.remaining / 1000)).toBe(30)
})

test('what Node reads when it starts is there when it starts', async () => {
  const harness = createHarness()
  harness.deploy(
    harness.define(
      {
        'index.js': 'exports.handler = async () => globalThis.preloaded',
      },
      { environment: { NODE_OPTIONS: `--require=${harness.directory}/preload.cjs` } },
    ),
  )
  writeFileSync(`${harness.directory}/preload.cjs`, 'globalThis.preloaded = 1')
  expect(answerOf(await harness.invoke({}))).toBe(1)
})

test('shared libraries are found', async () => {
  const harness = createHarness()
  const shared = harness.define({ 'tools/index.js': `exports.name = 'tools'` }, { name: 'lib' }).codeDirectory
  harness.deploy(
    harness.define(
      { 'index.js': `exports.handler = async () => require('tools').name` },
      { libraries: [shared] },
    ),
  )
  expect(answerOf(await harness.invoke({}))).toBe('tools')
})

test('JSON logs: the function’s own records and Lambda’s', async () => {
  const harness = createHarness()
  harness.deploy(
    harness.define(
      {
        'index.js': `exports.handler = async () => {
  console.debug('hidden')
  console.log({ a: 1 })
  console.warn('two', 'parts')
  console.error(new TypeError('bad'))
}`,
      },
      { environment: { AWS_LAMBDA_LOG_FORMAT: 'JSON', AWS_LAMBDA_LOG_LEVEL: 'INFO' } },
    ),
  )
  const { log, requestId } = await harness.invoke({})
  const records = log
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Record<string, unknown>)
  const timestamp = expect.stringMatching(/^\d{4}-.*Z$/) as string
  const number = expect.any(Number) as number
  // https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html
  expect(records).toEqual([
    { time: timestamp, type: 'platform.start', record: { requestId, version: '$LATEST' } },
    { timestamp, level: 'INFO', requestId, message: { a: 1 } },
    { timestamp, level: 'WARN', requestId, message: 'two parts' },
    {
      timestamp,
      level: 'ERROR',
      requestId,
      message: { errorType: 'TypeError', errorMessage: 'bad', stackTrace: expect.any(Array) as string[] },
    },
    {
      time: timestamp,
      type: 'platform.report',
      record: {
        requestId,
        metrics: {
          durationMs: number,
          billedDurationMs: number,
          memorySizeMB: 128,
          maxMemoryUsedMB: number,
          initDurationMs: number,
        },
        status: 'success',
      },
    },
  ])
})
