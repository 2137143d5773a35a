import { expect, test } from 'vitest'
import { answerOf, createHarness } from './harness.ts'

test('an async CommonJS handler answers, and its log has START, END and REPORT', async () => {
  const harness = createHarness()
  harness.deploy(
    harness.define({
      'index.js': `exports.handler = async event => { console.log('hello', event.name, { a: 1 }); return { greeting: 'Hello ' + event.name } }`,
    }),
  )
  const result = await harness.invoke({ name: 'Ada' }, { requestId: 'a1b2c3d4-0000-4000-8000-000000000000' })
  expect(answerOf(result)).toEqual({ greeting: 'Hello Ada' })
  expect({ ...result, payload: undefined, log: undefined }).toEqual({
    requestId: 'a1b2c3d4-0000-4000-8000-000000000000',
    statusCode: 200,
    executedVersion: '$LATEST',
  })
  const id = result.requestId
  expect(result.log).toMatch(
    new RegExp(
      `^START RequestId: ${id} Version: \\$LATEST\n` +
        `\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\t${id}\tINFO\thello Ada { a: 1 }\n` +
        `END RequestId: ${id}\n` +
        `REPORT RequestId: ${id}\tDuration: \\d+\\.\\d\\d ms\tBilled Duration: \\d+ ms\tMemory Size: 128 MB\tMax Memory Used: \\d+ MB\tInit Duration: \\d+\\.\\d\\d ms\t\n$`,
    ),
  )
})

test('a warm environment is used again and keeps its memory', async () => {
  const harness = createHarness()
  harness.deploy(
    harness.define({
      'index.mjs': `let count = 0; export const handler = async () => [process.pid, ++count]`,
    }),
  )
  const first = answerOf(await harness.invoke({})) as number[]
  const result = await harness.invoke({})
  expect(answerOf(result)).toEqual([first[0], 2])
  expect(result.log).not.toContain('Init Duration')
})

test('a deployment with another fingerprint ends the warm state of that function only', async () => {
  const harness = createHarness()
  const greet = harness.define({ 'index.js': `exports.handler = async () => 'old'` })
  const other = harness.define({ 'index.js': `exports.handler = async () => process.pid` }, { name: 'other' })
  harness.deploy(greet, other)
  expect(answerOf(await harness.invoke({}))).toBe('old')
  const pid = answerOf(await harness.invoke({}, { functionName: 'other' }))
  harness.deploy(harness.define({ 'index.js': `exports.handler = async () => 'new'` }), other)
  expect(answerOf(await harness.invoke({}))).toBe('new')
  expect(answerOf(await harness.invoke({}, { functionName: 'other' }))).toBe(pid)
})
