import { join } from 'node:path'
import { expect, test } from 'vitest'
import { answerOf, createHarness } from './harness.ts'

const echo = { 'index.js': 'exports.handler = async event => event' }
const where = {
  'index.js': `exports.handler = async (event, context) => {
  if (event.wait) await new Promise(r => setTimeout(r, event.wait))
  return [context.invokedFunctionArn, process.pid] }`,
}

test.each([
  ['greet', 'arn:aws:lambda:us-east-1:000000000000:function:greet'],
  ['greet:$LATEST', 'arn:aws:lambda:us-east-1:000000000000:function:greet:$LATEST'],
  ['function:greet', 'arn:aws:lambda:us-east-1:000000000000:function:greet'],
  ['123456789012:function:greet', 'arn:aws:lambda:us-east-1:000000000000:function:greet'],
  [
    'arn:aws:lambda:eu-west-1:123456789012:function:greet',
    'arn:aws:lambda:us-east-1:000000000000:function:greet',
  ],
])('%s is understood', async (functionName, arn) => {
  const harness = createHarness()
  harness.deploy(harness.define(where))
  expect(answerOf(await harness.invoke({}, { functionName }))).toEqual([arn, expect.any(Number)])
})

test('what Lambda refuses, before any function runs', async () => {
  const harness = createHarness()
  harness.deploy(harness.define(echo))
  await expect(harness.invoke({}, { functionName: 'nope' })).rejects.toMatchObject({
    code: 'ResourceNotFoundException',
    message: 'Function not found: arn:aws:lambda:us-east-1:000000000000:function:nope',
    statusCode: 404,
  })
  await expect(harness.invoke({}, { functionName: 'a b' })).rejects.toMatchObject({
    code: 'ValidationException',
    statusCode: 400,
  })
  await expect(harness.invoke({}, { payload: Buffer.from("'hello'") })).rejects.toMatchObject({
    code: 'InvalidRequestContentException',
    message: expect.stringMatching(
      /^Could not parse request body into json: Could not parse payload into json: /,
    ) as string,
    statusCode: 400,
  })
  await expect(harness.invoke({}, { payload: Buffer.from([0x22, 0xff, 0x22]) })).rejects.toMatchObject({
    code: 'InvalidRequestContentException',
  })
  await expect(harness.invoke('x'.repeat(6_291_455))).rejects.toMatchObject({
    code: 'RequestTooLargeException',
    message: 'Request must be smaller than 6291456 bytes for the InvokeFunction operation',
    statusCode: 413,
  })
  await expect(harness.invoke('x'.repeat(1_048_576), { invocationType: 'Event' })).rejects.toMatchObject({
    code: 'RequestTooLargeException',
    statusCode: 413,
  })
  expect(harness.lambda.status()).toEqual({ environments: [], invocations: 0 })
})

test('an event of 6 MB passes; no payload is an empty object; DryRun runs nothing', async () => {
  const harness = createHarness()
  harness.deploy(harness.define({ 'index.js': 'exports.handler = async event => event.length ?? event' }))
  expect(await harness.invoke({}, { invocationType: 'DryRun', requestId: 'id' })).toEqual({
    requestId: 'id',
    statusCode: 204,
    payload: new Uint8Array(0),
    executedVersion: '$LATEST',
    log: '',
  })
  expect(harness.lambda.status().environments).toEqual([])
  expect(answerOf(await harness.invoke('x'.repeat(6_291_454)))).toBe(6_291_454)
  expect(answerOf(await harness.invoke(undefined))).toEqual({})
})

test('several callers at once get an environment each; later ones share them', async () => {
  const harness = createHarness()
  // Each waits until all three are there, which they can only be in environments of their own.
  const meeting = {
    'index.js': `const fs = require('node:fs')
exports.handler = async file => {
  fs.appendFileSync(file, 'x')
  while (fs.readFileSync(file, 'utf8').length < 3) await new Promise(r => setTimeout(r, 5))
  return process.pid
}`,
  }
  harness.deploy(harness.define(meeting, { timeout: 20 }))
  const meet = async (name: string): Promise<Set<unknown>> => {
    const file = join(harness.directory, name)
    return new Set((await Promise.all([1, 2, 3].map(() => harness.invoke(file)))).map(answerOf))
  }
  const pids = await meet('first')
  expect(pids.size).toBe(3)
  expect(await meet('second')).toEqual(pids)
})

test('beyond the environments that are started eagerly, callers wait', async () => {
  const harness = createHarness({ limits: { eagerEnvironments: 2, patience: 60_000 } })
  harness.deploy(harness.define(where))
  const answers = await Promise.all(Array.from({ length: 20 }, () => harness.invoke({ wait: 5 })))
  expect(new Set(answers.map(answer => (answerOf(answer) as [string, number])[1])).size).toBe(2)
})

test.each([
  [true, 50],
  [false, 5],
])(
  'a function that calls itself does not starve: patience starts one more (memory left: %s)',
  async (left, patience) => {
    const harness = createHarness({ limits: { eagerEnvironments: 1, patience, room: () => left } })
    harness.deploy(harness.define(where), harness.define(where, { name: 'other' }))
    const slow = harness.invoke({ wait: 1500 }).then(() => 'slow')
    const other = harness.invoke({}, { functionName: 'other' }).then(() => 'other')
    expect(await Promise.race([slow, other])).toBe('other')
    await slow
  },
)

test('beyond the account’s and the reserved concurrency Lambda throttles', async () => {
  const harness = createHarness({ limits: { accountConcurrency: 3 } })
  harness.deploy(harness.define(where), harness.define(where, { name: 'other' }))
  harness.lambda.reserveConcurrency('other', 1)
  const running = [harness.invoke({ wait: 400 }), harness.invoke({ wait: 400 })]
  await expect(harness.invoke({})).rejects.toMatchObject({
    code: 'TooManyRequestsException',
    message: 'Rate Exceeded.',
    statusCode: 429,
    detail: { Type: 'User', Reason: 'ConcurrentInvocationLimitExceeded' },
  })
  const other = harness.invoke({ wait: 400 }, { functionName: 'other' })
  await expect(harness.invoke({}, { functionName: 'other' })).rejects.toMatchObject({
    code: 'TooManyRequestsException',
    detail: { Type: 'User', Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' },
  })
  await Promise.all([...running, other])
  await harness.invoke({})
})

test('idle environments are ended after ten minutes of simulated time', async () => {
  const harness = createHarness()
  harness.deploy(harness.define(where))
  const [, first] = answerOf(await harness.invoke({})) as [string, number]
  await harness.clock.advance({ minutes: 9 })
  expect(harness.lambda.status().environments.map(({ state }) => state)).toEqual(['idle'])
  await harness.clock.advance({ minutes: 11 })
  expect(harness.lambda.status().environments).toEqual([])
  const [, second] = answerOf(await harness.invoke({})) as [string, number]
  expect(second).not.toBe(first)
})

test('a request under way finishes on the old code', async () => {
  const harness = createHarness()
  const code = (text: string): Record<string, string> => ({
    'index.js': `exports.handler = async event => { await new Promise(r => setTimeout(r, event.wait)); return '${text}' }`,
  })
  harness.deploy(harness.define(code('old')))
  const running = harness.invoke({ wait: 200 })
  harness.deploy(harness.define(code('new')))
  expect(answerOf(await harness.invoke({ wait: 1 }))).toBe('new')
  expect(answerOf(await running)).toBe('old')
})

test('who goes away does not wait; the function runs on', async () => {
  const harness = createHarness()
  harness.deploy(harness.define(where))
  const caller = new AbortController()
  const running = harness.invoke({ wait: 100 }, { signal: caller.signal })
  caller.abort(new Error('gone'))
  await expect(running).rejects.toThrow('gone')
  await harness.idle()
  expect(harness.logs.at(-1)?.records.at(-1)?.message).toMatch(/^REPORT /)
})

test('two simulators run side by side', async () => {
  const [one, two] = [createHarness(), createHarness()]
  one.deploy(one.define({ 'index.js': `exports.handler = async () => 'one'` }))
  two.deploy(two.define({ 'index.js': `exports.handler = async () => 'two'` }))
  const answers = await Promise.all([one.invoke({}), two.invoke({})])
  expect(answers.map(answerOf)).toEqual(['one', 'two'])
})
