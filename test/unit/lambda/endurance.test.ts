import { expect, test } from 'vitest'
import { AwsError } from '../../../src/aws/index.ts'
import { answerOf, createHarness } from './harness.ts'

test('10,000 invocations at once: a thousand are served in turn, the others throttled', async () => {
  const harness = createHarness({ limits: { eagerEnvironments: 4 } })
  harness.deploy(harness.define({ 'index.js': 'exports.handler = async event => event' }, { timeout: 30 }))
  const settled = await Promise.allSettled(Array.from({ length: 10_000 }, (_, i) => harness.invoke(i)))
  const answers = settled.flatMap(each => (each.status === 'fulfilled' ? [answerOf(each.value)] : []))
  const reasons = settled.flatMap(each => (each.status === 'rejected' ? [each.reason as unknown] : []))
  expect(answers).toEqual(Array.from({ length: 1000 }, (_, i) => i))
  expect(
    reasons.every(reason => reason instanceof AwsError && reason.code === 'TooManyRequestsException'),
  ).toBe(true)
  expect(harness.lambda.status().invocations).toBe(0)
})

test('a hundred deployments leave one environment, and nothing of the others', async () => {
  const harness = createHarness()
  for (let i = 0; i < 100; i++) {
    harness.deploy(
      harness.define({ 'index.js': `exports.handler = async () => ${i}` }, { fingerprint: `f${i}` }),
    )
    expect(answerOf(await harness.invoke({}))).toBe(i)
  }
  expect(harness.lambda.status().environments).toHaveLength(1)
})
