import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm'
import request from 'supertest'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ConfigError, createSimulator, type Simulator } from '../../src/index.ts'
import { greetingFiles, temporaryProject } from '../support/temporary-project.ts'

const configuration = {
  stages: { prod: { variables: { table: 'Rides' } } },
  resources: { parameters: { '/app/name': 'ferries' }, queues: ['jobs'] },
  triggers: [{ schedule: 'rate(1 hour)', function: 'greeting' }],
}

const { directory: project, remove } = temporaryProject({
  ...greetingFiles,
  'lambdarium.config.json': JSON.stringify(configuration),
})
let simulator: Simulator
beforeAll(async () => {
  simulator = await createSimulator({ project })
})
afterAll(async () => {
  await simulator.stop()
  remove()
})

test('a request goes through templates, function and templates', async () => {
  await request(simulator.api)
    .get('/prod/greeting?name=Ada')
    .expect(200, { greeting: 'Hello Ada!', table: 'Rides' })
  await request(simulator.api)
    .get('/dev/greeting?name=Bob')
    .expect(200, { greeting: 'Hello Bob!', table: '' })
  await request(simulator.api).put('/dev/proxy').expect(200, `PUT null ${simulator.aws}`)
  await request(simulator.api).get('/dev/nothing').expect(403, { message: 'Missing Authentication Token' })
})

test('both doors answer the long form of an API', async () => {
  const path = '/restapis/api/prod/_user_request_/greeting?name=Eve'
  for (const door of [simulator.api, simulator.aws])
    await request(door).get(path).expect(200, { greeting: 'Hello Eve!', table: 'Rides' })
})

test('the journal tells what happened, and what led to it', async () => {
  simulator.journal.clear()
  const { headers } = await request(simulator.api).get('/dev/greeting?name=Ada')
  const [record] = simulator.journal.records({ kind: 'request' })
  expect(record?.id).toBe(headers['x-lambdarium-trace'])
  expect(record?.outcome).toMatchObject({ status: 200 })
  const led = simulator.journal.records({ trace: String(record?.id), function: 'greeting' })
  expect(led.map(({ kind, cause }) => [kind, cause])).toEqual([['invocation', record?.id]])
})

test('SDK clients talk to it with its client configuration', async () => {
  const ssm = new SSMClient(simulator.clientConfig())
  const answer = await ssm.send(new GetParameterCommand({ Name: '/app/name' }))
  expect(answer.Parameter).toMatchObject({ Value: 'ferries', Version: 1 })
  ssm.destroy()
})

test('a function is invoked without an API', async () => {
  expect(await simulator.invoke('greeting', { name: 'Ada', table: 't' })).toMatchObject({
    statusCode: 200,
    result: { greeting: 'Hello Ada!', table: 't' },
  })
  await expect(simulator.invoke('nobody')).rejects.toMatchObject({ code: 'ResourceNotFoundException' })
})

test('a reset forgets state, journal and time, and makes the resources again', async () => {
  const ssm = new SSMClient(simulator.clientConfig())
  await ssm.send(new PutParameterCommand({ Name: '/app/name', Value: 'changed', Overwrite: true }))
  await ssm.send(new PutParameterCommand({ Name: '/app/new', Value: 'x', Type: 'String' }))
  await simulator.clock.advance({ days: 3 })
  await simulator.reset()
  expect(simulator.journal.records()).toEqual([])
  expect(Math.abs(simulator.clock.now() - Date.now())).toBeLessThan(60_000)
  const answer = await ssm.send(new GetParameterCommand({ Name: '/app/name' }))
  expect(answer.Parameter).toMatchObject({ Value: 'ferries', Version: 1 })
  await expect(ssm.send(new GetParameterCommand({ Name: '/app/new' }))).rejects.toThrow()
  await request(simulator.api).get('/prod/greeting?name=Ada').expect(200)
  ssm.destroy()
})

test('functions still have valid credentials after days', async () => {
  await simulator.clock.advance({ days: 2 })
  await request(simulator.api).get('/prod/greeting?name=Ada').expect(200)
  simulator.clock.reset()
})

test('admin endpoints answer on the AWS door', async () => {
  const health = await request(simulator.aws).get('/_lambdarium/health').expect(200)
  expect(health.body).toMatchObject({ status: 'running', api: simulator.api, aws: simulator.aws })
  await request(simulator.aws).post('/_lambdarium/idle').expect(200, { idle: true })
  const localstack = await request(simulator.aws).get('/_localstack/health').expect(200)
  expect(localstack.body.services).toMatchObject({ ssm: expect.stringMatching(/running|available/) })
  await request(simulator.aws).post('/_lambdarium/reset').set('Origin', 'https://evil.example').expect(403)
})

test('two simulators in one process do not know each other', async () => {
  const other = await createSimulator({ project, account: '111111111111' })
  try {
    expect(new Set([simulator.api, simulator.aws, other.api, other.aws]).size).toBe(4)
    const [one, two] = [new SSMClient(simulator.clientConfig()), new SSMClient(other.clientConfig())]
    await two.send(new PutParameterCommand({ Name: '/only/there', Value: 'x', Type: 'String' }))
    await expect(one.send(new GetParameterCommand({ Name: '/only/there' }))).rejects.toThrow()
    await request(other.api)
      .get('/prod/greeting?name=Ada')
      .expect(200, { greeting: 'Hello Ada!', table: 'Rides' })
    one.destroy()
    two.destroy()
  } finally {
    await other.stop()
  }
  await request(simulator.api).get('/prod/greeting?name=Ada').expect(200)
})

test('a wrong configuration is refused before anything starts', async () => {
  await expect(createSimulator({ project, port: -1 })).rejects.toBeInstanceOf(ConfigError)
})
