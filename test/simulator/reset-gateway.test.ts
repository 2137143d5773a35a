import request from 'supertest'
import { expect, onTestFinished, test } from 'vitest'
import { createSimulator } from '../../src/index.ts'
import { temporaryProject } from '../support/temporary-project.ts'

const mock = (security?: string) => ({
  get: {
    ...(security !== undefined && { security: [{ [security]: [] }] }),
    'x-amazon-apigateway-integration': {
      type: 'mock',
      requestTemplates: { 'application/json': '{"statusCode": 200}' },
      responses: { default: { statusCode: '200' } },
    },
  },
})

test('a reset gives back rates and quotas, and asks authorizers again', async () => {
  const { directory, remove } = temporaryProject({
    'swagger/api.json': JSON.stringify({
      swagger: '2.0',
      info: { title: 'api', version: '1' },
      securityDefinitions: {
        key: { type: 'apiKey', name: 'x-api-key', in: 'header' },
        guard: {
          type: 'apiKey',
          name: 'Authorization',
          in: 'header',
          'x-amazon-apigateway-authtype': 'custom',
          'x-amazon-apigateway-authorizer': {
            type: 'token',
            authorizerUri:
              'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:guard/invocations',
          },
        },
      },
      paths: { '/open': mock(), '/keyed': mock('key'), '/guarded': mock('guard') },
    }),
    'handlers/guard.js': `exports.handler = async event => ({ principalId: 'ada', policyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } })`,
  })
  const simulator = await createSimulator({
    project: directory,
    apiKeys: { ada: 'secret' },
    usagePlans: { few: { keys: ['ada'], quota: { limit: 1, period: 'MONTH' } } },
    stages: { dev: {}, slow: { throttle: { rateLimit: 0.001, burstLimit: 1 } } },
  })
  onTestFinished(async () => {
    await simulator.stop()
    remove()
  })
  const status = async (path: string) =>
    (await request(simulator.api).get(path).set({ 'x-api-key': 'secret', authorization: 'ada' })).status
  const asked = () => simulator.journal.records({ kind: 'invocation' }).length
  const round = async () => [
    [await status('/dev/keyed'), await status('/dev/keyed')],
    [await status('/slow/open'), await status('/slow/open')],
    [await status('/dev/guarded'), await status('/dev/guarded'), asked()],
  ]
  const fresh = [
    [200, 429],
    [200, 429],
    [200, 200, 1],
  ]
  expect(await round()).toEqual(fresh)
  await simulator.reset()
  expect(await round()).toEqual(fresh)
})
