import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSimulator, type Simulator } from '../../../src/simulator.ts'
import { send } from './support/send.ts'

const lambdaUri = (name: string): string =>
  `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:${name}/invocations`

const responses = {
  default: { statusCode: '200' },
  'not_found.*': {
    statusCode: '404',
    responseTemplates: { 'application/json': '{"error": $input.json(\'$.errorMessage\')}' },
  },
}
const custom = (template: string) => ({
  type: 'aws',
  httpMethod: 'POST',
  uri: lambdaUri('echo'),
  requestTemplates: { 'application/json': template },
  responses,
})
const method = (integration: object) => ({ responses: {}, 'x-amazon-apigateway-integration': integration })
const table = (action: string, template: string) => ({
  type: 'aws',
  httpMethod: 'POST',
  uri: `arn:aws:apigateway:us-east-1:dynamodb:action/${action}`,
  credentials: 'arn:aws:iam::000000000000:role/apigateway-writes',
  requestTemplates: { 'application/json': template },
  responses: {
    default: { statusCode: '200' },
    '4\\d{2}': { statusCode: '400', responseTemplates: { 'application/json': "$input.path('$.__type')" } },
  },
})

const files: Readonly<Record<string, unknown>> = {
  'swagger/shop.json': {
    swagger: '2.0',
    info: { title: 'shop', version: '1' },
    securityDefinitions: { api_key: { type: 'apiKey', name: 'x-api-key', in: 'header' } },
    'x-amazon-apigateway-binary-media-types': ['image/png'],
    paths: {
      '/echo': { get: method(custom('{"v": "$input.params(\'v\')"}')) },
      '/late': { get: method({ ...custom('{"wait": true}'), timeoutInMillis: 100 }) },
      '/proxy/{proxy+}': {
        'x-amazon-apigateway-any-method': method({
          type: 'aws_proxy',
          httpMethod: 'POST',
          uri: lambdaUri('proxy'),
        }),
      },
      '/keyed': {
        get: { ...method(custom('{"key": "$context.identity.apiKeyId"}')), security: [{ api_key: [] }] },
      },
      '/parameter': {
        get: method({
          type: 'aws',
          httpMethod: 'POST',
          uri: 'arn:aws:apigateway:us-east-1:ssm:action/GetParameter',
          requestParameters: {
            'integration.request.querystring.Name': "'/app/name'",
            'integration.request.querystring.WithDecryption': "'true'",
          },
          responses: {
            default: {
              statusCode: '200',
              responseTemplates: {
                'application/json':
                  "$input.path('$.GetParameterResponse.GetParameterResult.Parameter.Value')",
              },
            },
          },
        }),
      },
      '/items/{id}': {
        put: method(
          table(
            'PutItem',
            '{"TableName": "items", "Item": {"id": {"S": "$input.params(\'id\')"}, "n": {"N": "$input.path(\'$.n\')"}}}',
          ),
        ),
        get: method(
          table('GetItem', '{"TableName": "items", "Key": {"id": {"S": "$input.params(\'id\')"}}}'),
        ),
        delete: method(table('DeleteItem', '{"TableName": "nowhere", "Key": {"id": {"S": "x"}}}')),
      },
    },
  },
  'handlers/echo/index.mjs': `export const handler = async event => {
    if (event.wait) await new Promise(resolve => setTimeout(resolve, 1500))
    if (event.v === 'missing') throw new Error('not_found: ' + event.v)
    return event
  }\n`,
  'handlers/proxy/index.mjs': `export const handler = async event => {
    if (event.path === '/proxy/broken') return { nothing: 'allowed' }
    if (event.path === '/proxy/large') return { body: 'x'.repeat(5_000_000) }
    if (event.path === '/proxy/image')
      return { headers: { 'Content-Type': 'image/png' }, body: event.body, isBase64Encoded: event.isBase64Encoded }
    return { statusCode: 201, multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'] }, body: event.requestContext.requestId }
  }\n`,
  'lambdarium.config.json': {
    apiKeys: { partner: 'the-partner-key-0001' },
    resources: {
      parameters: { '/app/name': 'ferries' },
      tables: {
        items: {
          AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
          BillingMode: 'PAY_PER_REQUEST',
        },
      },
    },
  },
}

let simulator: Simulator
let port: number
const directory = mkdtempSync(join(tmpdir(), 'lambdarium-whole-'))

beforeAll(async () => {
  for (const [path, content] of Object.entries(files)) {
    const file = join(directory, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  }
  simulator = await createSimulator({ project: directory })
  port = Number(new URL(simulator.api).port)
})
afterAll(async () => {
  await simulator.stop()
  rmSync(directory, { recursive: true, force: true })
})

describe('with real functions', () => {
  test('templates, error mapping by pattern, and events that are no JSON', async () => {
    const at = async (path: string) => {
      const answer = await send(port, { method: 'GET', path })
      return [answer.status, answer.text]
    }
    expect(await at('/dev/echo?v=1')).toEqual([200, '{"v":"1"}'])
    expect(await at('/dev/echo?v=missing')).toEqual([404, '{"error": "not_found: missing"}'])
    const [status, text] = await at('/dev/echo?v=%22')
    expect(status).toBe(400)
    expect(JSON.parse(String(text)).message).toMatch(/^Could not parse request body into json/)
  })

  test('a proxy answer with its cookies, and one that is malformed', async () => {
    const fine = await send(port, { method: 'POST', path: '/dev/proxy/x', body: '{}' })
    expect([fine.status, fine.headers['set-cookie'], fine.text]).toEqual([
      201,
      'a=1, b=2',
      fine.headers['x-amzn-requestid'],
    ])
    const broken = await send(port, { method: 'GET', path: '/dev/proxy/broken' })
    expect([broken.status, broken.text]).toEqual([502, '{"message": "Internal server error"}'])
  })

  test('bytes survive the way through', async () => {
    const bytes = Buffer.from([0, 255, 128, 13, 10])
    const answer = await send(port, {
      method: 'POST',
      path: '/dev/proxy/image',
      headers: [
        ['Content-Type', 'image/png'],
        ['Accept', 'image/png'],
      ],
      body: bytes,
    })
    expect(answer.body).toEqual(bytes)
  })

  test('an integration that is late is 504 while the function runs on', async () => {
    const answer = await send(port, { method: 'GET', path: '/dev/late' })
    expect([answer.status, answer.text]).toEqual([504, '{"message": "Endpoint request timed out"}'])
  })

  test('a thousand requests at once are all answered', async () => {
    const statuses = await Promise.all(
      Array.from(
        { length: 1_000 },
        async () => (await send(port, { method: 'GET', path: '/dev/nothing' })).status,
      ),
    )
    expect(new Set(statuses)).toEqual(new Set([403]))
  })
})

test('DynamoDB behind a method, signed and answered by the AWS door', async () => {
  const put = await send(port, { method: 'PUT', path: '/dev/items/a', body: '{"n": 7}' })
  expect([put.status, put.text]).toEqual([200, '{}'])
  const get = await send(port, { method: 'GET', path: '/dev/items/a' })
  expect([get.status, JSON.parse(get.text)]).toEqual([200, { Item: { id: { S: 'a' }, n: { N: '7' } } }])
  const failed = await send(port, { method: 'DELETE', path: '/dev/items/a' })
  expect([failed.status, failed.text]).toEqual([
    400,
    'com.amazonaws.dynamodb.v20120810#ResourceNotFoundException',
  ])
})

test('Parameter Store behind a method answers in the query protocol’s form', async () => {
  const answer = await send(port, { method: 'GET', path: '/dev/parameter' })
  expect([answer.status, answer.text]).toEqual([200, 'ferries'])
})

test('API keys come from the configuration', async () => {
  const ask = async (key: string) => {
    const answer = await send(port, { method: 'GET', path: '/dev/keyed', headers: [['X-Api-Key', key]] })
    return [answer.status, answer.text]
  }
  expect(await ask('the-partner-key-0001')).toEqual([200, '{"key":"partner"}'])
  expect(await ask('another')).toEqual([403, '{"message":"Forbidden"}'])
})

test('the AWS door serves APIs under /restapis', async () => {
  const awsPort = Number(new URL(simulator.clientConfig().endpoint).port)
  const answer = await send(awsPort, { method: 'GET', path: '/restapis/shop/dev/_user_request_/echo?v=2' })
  expect([answer.status, answer.text]).toEqual([200, '{"v":"2"}'])
})
