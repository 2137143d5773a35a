import { expect, test } from 'vitest'
import { answerOf, createHarness, silent } from './harness.ts'

test('environments that cannot be made are a failure of the configuration, not of the simulator', async () => {
  const scope = { account: '000000000000', region: 'us-east-1' }
  const id = '000000000000/us-east-1/greet'
  const said: string[] = []
  const harness = createHarness({
    provisioned: () => new Map([[`${id}:1`, 2]]),
    credentialsFor() {
      throw new Error('no credentials')
    },
    log: { ...silent, error: (_fields, message) => said.push(message) },
  })
  const definition = harness.define({ 'index.js': 'exports.handler = async () => 1' }, { scope })
  harness.lambda.deploy(new Map([`${id}`, `${id}:1`].map(key => [key, definition])))
  await harness.idle()
  expect(harness.lambda.provisioned(id, '1')).toEqual({ ready: 0, failure: 'INTERNAL_ERROR' })
  expect(said).toEqual(Array(2).fill('no environment of greet:1 could be provisioned'))
})

test('a caller whose environment cannot be made is told so, and the next one is served', async () => {
  let broken = true
  const harness = createHarness({
    credentialsFor() {
      if (broken) throw new Error('no credentials')
      return { accessKeyId: 'a', secretAccessKey: 'b', sessionToken: 'c' }
    },
  })
  harness.deploy(harness.define({ 'index.js': 'exports.handler = async () => 1' }))
  await expect(harness.invoke({})).rejects.toThrow('no credentials')
  broken = false
  expect(answerOf(await harness.invoke({}))).toBe(1)
})
