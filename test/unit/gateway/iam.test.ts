import { sign } from 'aws4'
import { describe, expect, test } from 'vitest'
import { createIdentity, identityTables } from '../../../src/aws/index.ts'
import { createRandomIds } from '../../../src/ports/index.ts'
import { openStore, type Writer } from '../../../src/stores/index.ts'
import { memoryLog, realClock } from './support/ports.ts'
import { type Served, serve } from './support/serve.ts'

const method = {
  responses: {},
  'x-amazon-apigateway-integration': {
    type: 'aws_proxy',
    httpMethod: 'POST',
    uri: 'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:111111111111:function:echo/invocations',
  },
}

const passed = {
  ...method,
  'x-amazon-apigateway-integration': {
    ...method['x-amazon-apigateway-integration'],
    credentials: 'arn:aws:iam::*:user/*',
  },
}

/** A user with the key of AKIDADA, who may do what is given. */
function putAda(writer: Writer, actions: readonly string[]): void {
  const account = '111111111111'
  const nothing = { path: '/', createDate: 0, tags: [], groups: [], attachedPolicies: [] }
  const PolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }],
  })
  identityTables.users.put(
    writer,
    {
      ...nothing,
      userName: 'ada',
      userId: 'AIDAADA',
      arn: `arn:aws:iam::${account}:user/ada`,
      inlinePolicies: { main: PolicyDocument },
    },
    account,
    'ada',
  )
  identityTables.accessKeys.put(
    writer,
    {
      accessKeyId: 'AKIDADA',
      secretAccessKey: 'secret',
      account,
      userName: 'ada',
      status: 'Active',
      createDate: 0,
    },
    'AKIDADA',
  )
}

async function start(policy?: unknown, actions: readonly string[] = []): Promise<Served> {
  const store = await openStore({ kind: 'memory' })
  if (actions.length > 0) await store.transaction(writer => putAda(writer, actions))
  const identity = createIdentity({
    store,
    clock: realClock,
    ids: createRandomIds(),
    log: memoryLog(),
    credentials: [{ accessKeyId: 'AKIDTEST', secretAccessKey: 'secret', account: '111111111111' }],
    account: '111111111111',
    auth: 'on',
  })
  return serve({
    files: {
      'swagger/api.json': {
        swagger: '2.0',
        info: { title: 'test', version: '1' },
        securityDefinitions: {
          sigv4: {
            type: 'apiKey',
            name: 'Authorization',
            in: 'header',
            'x-amazon-apigateway-authtype': 'awsSigv4',
          },
        },
        paths: {
          '/signed/{id}': { post: { ...method, security: [{ sigv4: [] }] } },
          '/passed': { post: { ...passed, security: [{ sigv4: [] }] } },
          '/open': { get: method },
        },
        ...(policy !== undefined && { 'x-amazon-apigateway-policy': policy }),
      },
    },
    functions: {
      echo: event => ({
        body: JSON.stringify((event as { requestContext: { identity: object } }).requestContext.identity),
      }),
    },
    gateway: { auth: identity.apiAuth },
  })
}

function signed(served: Served, path: string, secret: string, body: string, accessKeyId = 'AKIDTEST') {
  const request = sign(
    {
      host: `127.0.0.1:${served.port}`,
      method: 'POST',
      path,
      body,
      service: 'execute-api',
      region: 'us-east-1',
    },
    { accessKeyId, secretAccessKey: secret },
  )
  const headers = Object.entries(request.headers ?? {})
    .filter(([name]) => name.toLowerCase() !== 'content-length')
    .map(([name, value]) => [name, String(value)] as const)
  return served.send({ method: 'POST', path, headers, body })
}

describe('AWS_IAM methods', () => {
  test('a good signature fills the identity', async () => {
    const served = await start()
    const answer = await signed(served, '/test/signed/a%20b?x=1&x=2', 'secret', '{"a":1}')
    expect([answer.status, JSON.parse(answer.text)]).toEqual([
      200,
      expect.objectContaining({
        accessKey: 'AKIDTEST',
        accountId: '111111111111',
        caller: '111111111111',
        user: '111111111111',
        userArn: 'arn:aws:iam::111111111111:root',
        sourceIp: '127.0.0.1',
        cognitoIdentityId: null,
      }),
    ])
  })

  test('a wrong secret, an unknown key and no signature are 403 in AWS’s words', async () => {
    const served = await start()
    const wrong = await signed(served, '/test/signed/1', 'not-the-secret', '')
    expect([wrong.status, wrong.headers['x-amzn-errortype']]).toEqual([403, 'InvalidSignatureException'])
    expect(JSON.parse(wrong.text).message).toMatch(
      /^The request signature we calculated does not match the signature you provided\. /,
    )
    const none = await served.send({ method: 'POST', path: '/test/signed/1' })
    expect([none.status, none.text]).toEqual([403, '{"message":"Missing Authentication Token"}'])
  })
})

test('a caller whose credentials are passed on needs lambda:InvokeFunction', async () => {
  const call = async (...actions: string[]) => {
    const served = await start(undefined, actions)
    const answer = await signed(served, '/test/passed', 'secret', '', 'AKIDADA')
    return [answer.status, answer.status === 200 ? JSON.parse(answer.text).user : answer.text]
  }
  expect([
    await call('execute-api:Invoke', 'lambda:InvokeFunction'),
    await call('execute-api:Invoke'),
  ]).toEqual([
    [200, 'AIDAADA'],
    [500, '{"message": "Internal server error"}'],
  ])
})

describe('resource policies', () => {
  const statement = (effect: string, more: object = {}) => ({
    Effect: effect,
    Principal: '*',
    Action: 'execute-api:Invoke',
    Resource: 'execute-api:/*',
    ...more,
  })

  test.each([
    ['allow', [statement('Allow')], 200, undefined],
    ['silence', [], 403, ''],
    ['deny', [statement('Allow'), statement('Deny')], 403, ' with an explicit deny'],
    [
      'allow from here',
      [statement('Allow', { Condition: { IpAddress: { 'aws:SourceIp': '127.0.0.0/8' } } })],
      200,
      undefined,
    ],
    [
      'allow from elsewhere',
      [statement('Allow', { Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } })],
      403,
      '',
    ],
  ])('%s', async (_name, statements, status, end) => {
    const served = await start({ Version: '2012-10-17', Statement: statements })
    const answer = await served.send({ method: 'GET', path: '/test/open' })
    expect(answer.status).toBe(status)
    if (end !== undefined)
      expect(JSON.parse(answer.text)).toEqual({
        Message: `User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:us-east-1:********1111:api/test/GET/open${end}`,
      })
  })
})
