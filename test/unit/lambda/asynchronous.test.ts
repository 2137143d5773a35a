import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Delivery } from '../../../src/lambda/index.ts'
import { openStore } from '../../../src/stores/index.ts'
import { createHarness, type Harness } from './harness.ts'

/** Writes down each call with the simulator's minute; fails `event.failures` times. */
const flaky = {
  'index.js': `const fs = require('node:fs')
exports.handler = async (event, context) => {
  fs.appendFileSync(event.file, context.awsRequestId + '\\n')
  if (fs.readFileSync(event.file, 'utf8').split('\\n').length - 1 <= event.failures) throw new Error('not yet')
  return 'done'
}`,
}

function callsIn(file: string): string[] {
  return readFileSync(file, 'utf8').split('\n').filter(Boolean)
}

/** How often the function has been called after this many more minutes, one by one. */
async function countOver(harness: Harness, file: string, minutes: number): Promise<number[]> {
  const counts = [callsIn(file).length]
  for (let i = 0; i < minutes; i++) {
    await harness.clock.advance({ minutes: 1 })
    counts.push(callsIn(file).length)
  }
  return counts
}

test('an event is accepted at once and run with the same request id', async () => {
  const harness = createHarness()
  harness.deploy(harness.define(flaky))
  const file = join(harness.directory, 'calls')
  const result = await harness.invoke({ file, failures: 0 }, { invocationType: 'Event' })
  expect(result).toEqual({
    requestId: result.requestId,
    statusCode: 202,
    payload: new Uint8Array(0),
    executedVersion: '$LATEST',
    log: '',
  })
  await harness.idle()
  expect(callsIn(file)).toEqual([result.requestId])
})

// https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
test('a failed event is tried again after a minute and two more, then given up', async () => {
  const deliveries: Delivery[] = []
  const harness = createHarness({
    asynchronousConfiguration: () => ({
      onFailure: 'arn:aws:sqs:us-east-1:000000000000:failed',
      deadLetter: 'arn:aws:sqs:us-east-1:000000000000:dead',
    }),
    deliver: async delivery => {
      deliveries.push(delivery)
    },
  })
  harness.deploy(harness.define(flaky))
  const file = join(harness.directory, 'calls')
  const { requestId } = await harness.invoke({ file, failures: 9 }, { invocationType: 'Event' })
  await harness.idle()
  expect(await countOver(harness, file, 6)).toEqual([1, 2, 2, 3, 3, 3, 3])
  expect(new Set(callsIn(file))).toEqual(new Set([requestId]))
  const record: unknown = JSON.parse(deliveries[0]?.body ?? '')
  expect(record).toEqual({
    version: '1.0',
    timestamp: expect.stringMatching(/^\d{4}-.*Z$/) as string,
    requestContext: {
      requestId,
      functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:greet:$LATEST',
      condition: 'RetriesExhausted',
      approximateInvokeCount: 3,
    },
    requestPayload: { file, failures: 9 },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    responsePayload: { errorType: 'Error', errorMessage: 'not yet', trace: expect.any(Array) as string[] },
  })
  expect(deliveries.map(({ target, source, attributes }) => ({ target, source, attributes }))).toEqual([
    { target: 'arn:aws:sqs:us-east-1:000000000000:failed', source: 'destination', attributes: {} },
    {
      target: 'arn:aws:sqs:us-east-1:000000000000:dead',
      source: 'dead-letter',
      attributes: { RequestID: requestId, ErrorCode: '200', ErrorMessage: 'not yet' },
    },
  ])
  expect(JSON.parse(deliveries[1]?.body ?? '')).toEqual({ file, failures: 9 })
})

test('a success after a retry goes to its destination', async () => {
  const deliveries: Delivery[] = []
  const harness = createHarness({
    asynchronousConfiguration: () => ({ onSuccess: 'arn:aws:sns:us-east-1:000000000000:done' }),
    deliver: async delivery => {
      deliveries.push(delivery)
    },
  })
  harness.deploy(harness.define(flaky))
  const file = join(harness.directory, 'calls')
  await harness.invoke({ file, failures: 1 }, { invocationType: 'Event' })
  await harness.idle()
  expect(await countOver(harness, file, 4)).toEqual([1, 2, 2, 2, 2])
  expect(deliveries.map(({ target, condition, body }) => [target, condition, JSON.parse(body)])).toEqual([
    [
      'arn:aws:sns:us-east-1:000000000000:done',
      'Success',
      expect.objectContaining({
        responseContext: { statusCode: 200, executedVersion: '$LATEST' },
        responsePayload: 'done',
      }),
    ],
  ])
})

test('an event that grows too old is given up', async () => {
  const deliveries: Delivery[] = []
  const harness = createHarness({
    asynchronousConfiguration: () => ({ maximumEventAgeInSeconds: 90, onFailure: 'arn:aws:sqs:x:y:z' }),
    deliver: async delivery => {
      deliveries.push(delivery)
    },
  })
  harness.deploy(harness.define(flaky))
  const file = join(harness.directory, 'calls')
  await harness.invoke({ file, failures: 9 }, { invocationType: 'Event' })
  await harness.idle()
  expect(await countOver(harness, file, 4)).toEqual([1, 2, 2, 2, 2])
  expect(deliveries.map(({ condition }) => condition)).toEqual(['EventAgeExceeded'])
})

test('a throttled event waits, without counting as a try', async () => {
  const harness = createHarness()
  harness.deploy(harness.define(flaky))
  harness.lambda.reserveConcurrency('greet', 0)
  const file = join(harness.directory, 'calls')
  await harness.invoke({ file, failures: 2 }, { invocationType: 'Event' })
  await harness.clock.advance({ minutes: 10 })
  harness.lambda.reserveConcurrency('greet', undefined)
  await harness.clock.advance({ minutes: 5 })
  expect(await countOver(harness, file, 4)).toHaveLength(5)
  expect(callsIn(file)).toHaveLength(3)
})

test('accepted events survive the simulator', async () => {
  const store = await openStore({ kind: 'memory' })
  onTestFinished(() => store.close())
  const first = createHarness({ store })
  first.deploy(
    first.define(
      { 'index.js': 'exports.handler = () => new Promise(r => setTimeout(r, 60_000))' },
      { timeout: 60 },
    ),
  )
  const file = join(first.directory, 'calls')
  const { requestId } = await first.invoke({ file, failures: 0 }, { invocationType: 'Event' })
  await first.lambda.stop()
  const second = createHarness({ store })
  second.deploy(second.define(flaky))
  await second.clock.advance({ seconds: 1 })
  expect(callsIn(file)).toEqual([requestId])
  // And it is not run once more by a third.
  const third = createHarness({ store })
  third.deploy(third.define(flaky))
  await third.clock.advance({ minutes: 5 })
  expect(callsIn(file)).toEqual([requestId])
})

// https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
test('a function that triggers itself is stopped after 16 turns', async () => {
  const warnings: string[] = []
  const log = {
    debug() {},
    info() {},
    warn: (_: object, message: string) => warnings.push(message),
    error() {},
  }
  const harness = createHarness({ log })
  harness.deploy(harness.define({ 'index.js': 'exports.handler = async () => process.env._X_AMZN_TRACE_ID' }))
  let traceId: string | undefined
  const turn = async (): Promise<void> => {
    const result = await harness.invoke({}, traceId === undefined ? {} : { traceId })
    traceId = JSON.parse(Buffer.from(result.payload).toString()) as string
  }
  for (let i = 0; i < 16; i++) await turn()
  await expect(turn()).rejects.toMatchObject({ code: 'RecursiveInvocationException', statusCode: 400 })
  expect(warnings).toEqual([
    'greet was stopped: it has been invoked 16 times in one chain of requests, so it seems to trigger itself',
  ])
  expect(traceId).toMatch(/;Lineage=[0-9a-f]{8}:15$/)
})

test('a function may be the destination of another', async () => {
  const harness = createHarness({
    asynchronousConfiguration: id =>
      id === '000000000000/us-east-1/greet'
        ? { onSuccess: 'arn:aws:lambda:us-east-1:000000000000:function:next' }
        : {},
  })
  harness.deploy(
    harness.define({ 'index.js': `exports.handler = async event => ({ hello: event.name })` }),
    harness.define(
      { 'index.js': 'exports.handler = async e => console.log(JSON.stringify(e.responsePayload))' },
      { name: 'next' },
    ),
  )
  await harness.invoke({ name: 'Ada' }, { invocationType: 'Event' })
  await harness.idle()
  const log = harness.logs.findLast(
    ({ functionName, requestId }) => functionName === 'next' && requestId !== undefined,
  )
  expect(log?.records.map(({ message }) => message).join('')).toContain('\tINFO\t{"hello":"Ada"}\n')
})

test('after a reset nothing waits and nothing is warm', async () => {
  const harness = createHarness()
  harness.deploy(harness.define(flaky))
  const file = join(harness.directory, 'calls')
  await harness.invoke({ file, failures: 9 }, { invocationType: 'Event' })
  await harness.idle()
  harness.lambda.reset()
  expect(harness.lambda.status()).toEqual({ environments: [], invocations: 0 })
  expect(await countOver(harness, file, 4)).toEqual([1, 1, 1, 1, 1])
  await harness.invoke({ file, failures: 0 })
  await harness.invoke({ file, failures: 0 })
  expect(harness.lambda.status().environments).toHaveLength(1)
})

test('throttled events follow as soon as there is room, those of other functions wait for nobody', async () => {
  const harness = createHarness()
  harness.deploy(
    harness.define({
      'index.js': `const fs = require('node:fs')
exports.handler = async event => {
  await new Promise(resolve => setTimeout(resolve, 20))
  fs.appendFileSync(event.file, event.n + '\\n')
}`,
    }),
    harness.define(flaky, { name: 'other' }),
  )
  harness.lambda.reserveConcurrency('greet', 1)
  const [file, otherFile] = [join(harness.directory, 'calls'), join(harness.directory, 'other-calls')]
  for (let n = 0; n < 40; n++) await harness.invoke({ file, n }, { invocationType: 'Event' })
  await harness.invoke({ file: otherFile, failures: 0 }, { functionName: 'other', invocationType: 'Event' })
  // No time of the simulator's passes.
  await harness.idle()
  expect(
    callsIn(file)
      .map(Number)
      .toSorted((a, b) => a - b),
  ).toEqual(Array.from({ length: 40 }, (_, n) => n))
  expect(callsIn(otherFile)).toHaveLength(1)
})
