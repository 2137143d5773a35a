import { describe, expect, test } from 'vitest'
import type { Clock } from '../../../src/ports/index.ts'
import { realClock } from './support/ports.ts'
import { FunctionFailure, type Scripted, type Served, serve } from './support/serve.ts'

const lambdaUri = (name: string): string =>
  `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:111111111111:function:${name}/invocations`

/** An API whose methods `GET /a` and `GET /a/b` ask the authorizer `guard`. */
function api(authorizer: object, name = 'Authorization'): Readonly<Record<string, unknown>> {
  const method = {
    security: [{ guard: [] }],
    responses: { 200: { description: 'fine' } },
    'x-amazon-apigateway-integration': { type: 'aws_proxy', httpMethod: 'POST', uri: lambdaUri('echo') },
  }
  return {
    'swagger/api.json': {
      swagger: '2.0',
      info: { title: 'test', version: '1' },
      'x-amazon-apigateway-endpoint-configuration': { types: ['REGIONAL'] },
      securityDefinitions: {
        guard: {
          type: 'apiKey',
          name,
          in: 'header',
          'x-amazon-apigateway-authtype': 'custom',
          'x-amazon-apigateway-authorizer': { authorizerUri: lambdaUri('guard'), ...authorizer },
        },
      },
      paths: { '/a': { get: method }, '/a/b': { get: method } },
    },
  }
}

const policy = (effect: string, resource: string, context?: object) => ({
  principalId: 'ada',
  policyDocument: {
    Version: '2012-10-17',
    Statement: [{ Action: 'execute-api:Invoke', Effect: effect, Resource: resource }],
  },
  ...(context !== undefined && { context }),
})

const echo: Scripted = event => ({
  body: JSON.stringify(
    (event as { requestContext: { authorizer?: unknown } }).requestContext.authorizer ?? null,
  ),
})

async function ask(served: Served, path: string, token: string | undefined): Promise<unknown[]> {
  const answer = await served.send({
    method: 'GET',
    path,
    headers: token === undefined ? [] : [['Authorization', token]],
  })
  return [answer.status, JSON.parse(answer.text)]
}

describe('TOKEN authorizers', () => {
  test('allow, deny, say nothing, fail', async () => {
    const served = await serve({
      files: api({ type: 'token', authorizerResultTtlInSeconds: 0 }),
      functions: {
        echo,
        guard: event => {
          const { authorizationToken, methodArn } = event as Record<string, string>
          if (authorizationToken === 'allow')
            return policy('Allow', methodArn ?? '', { number: 1, flag: true, text: 'x' })
          if (authorizationToken === 'deny') return policy('Deny', '*')
          if (authorizationToken === 'elsewhere') return policy('Allow', 'arn:aws:execute-api:*:*:other/*')
          if (authorizationToken === 'unauthorized')
            throw new FunctionFailure({ errorMessage: 'Unauthorized' })
          if (authorizationToken === 'crash') throw new FunctionFailure({ errorMessage: 'boom' })
          return { principalId: 'x' }
        },
      },
    })
    expect(await ask(served, '/test/a', 'allow')).toEqual([
      200,
      {
        number: '1',
        flag: 'true',
        text: 'x',
        principalId: 'ada',
        integrationLatency: expect.any(Number),
      },
    ])
    expect(await ask(served, '/test/a', 'deny')).toEqual([
      403,
      { Message: 'User is not authorized to access this resource with an explicit deny' },
    ])
    expect(await ask(served, '/test/a', 'elsewhere')).toEqual([
      403,
      { Message: 'User is not authorized to access this resource' },
    ])
    expect(await ask(served, '/test/a', 'unauthorized')).toEqual([401, { message: 'Unauthorized' }])
    expect(await ask(served, '/test/a', 'crash')).toEqual([500, { message: null }])
    expect(await ask(served, '/test/a', 'malformed')).toEqual([500, { message: null }])
    expect(served.events[0]).toEqual({
      type: 'TOKEN',
      methodArn: 'arn:aws:execute-api:us-east-1:111111111111:api/test/GET/a',
      authorizationToken: 'allow',
    })
  })

  test('the alias in its ARN is the one that is called', async () => {
    const served = await serve({
      files: api({ type: 'token', authorizerUri: lambdaUri('guard:live') }),
      functions: { echo, guard: () => policy('Allow', '*') },
    })
    expect((await ask(served, '/test/a', 'x'))[0]).toBe(200)
    expect(served.invocations.map(({ functionName, qualifier }) => [functionName, qualifier])).toEqual([
      ['guard', 'live'],
      ['echo', undefined],
    ])
  })

  test('a missing token and one that the expression does not match are 401 without a call', async () => {
    const served = await serve({
      files: api({ type: 'token', identityValidationExpression: 'Bearer [a-z]+' }),
      functions: { echo, guard: () => policy('Allow', '*') },
    })
    expect(await ask(served, '/test/a', undefined)).toEqual([401, { message: 'Unauthorized' }])
    expect(await ask(served, '/test/a', 'xBearer abc')).toEqual([401, { message: 'Unauthorized' }])
    expect(served.invocations).toEqual([])
    expect((await ask(served, '/test/a', 'Bearer abc'))[0]).toBe(200)
  })

  test('answers are kept for their time, and hold for other methods too', async () => {
    let now = 1_000_000
    const clock: Clock = { ...realClock, now: () => now }
    const served = await serve({
      files: api({ type: 'token', authorizerResultTtlInSeconds: 60 }),
      functions: { echo, guard: event => policy('Allow', (event as { methodArn: string }).methodArn) },
      gateway: { clock },
    })
    const calls = () => served.invocations.filter(one => one.functionName === 'guard').length
    expect((await ask(served, '/test/a', 't'))[0]).toBe(200)
    expect((await ask(served, '/test/a', 't'))[0]).toBe(200)
    expect(calls()).toBe(1)
    // The kept policy allows /a only, which is how this goes wrong on AWS as well.
    expect((await ask(served, '/test/a/b', 't'))[0]).toBe(403)
    now += 60_001
    expect((await ask(served, '/test/a/b', 't'))[0]).toBe(200)
    expect(calls()).toBe(2)
  })
})

describe('REQUEST authorizers', () => {
  test('see the request, and every identity source has to be there', async () => {
    const served = await serve({
      files: api({
        type: 'request',
        identitySource: 'method.request.header.Authorization, method.request.querystring.who',
      }),
      functions: { echo, guard: () => policy('Allow', '*') },
    })
    expect((await ask(served, '/test/a', 't'))[0]).toBe(401)
    expect((await ask(served, '/test/a?who=me', 't'))[0]).toBe(200)
    const [event] = served.events as Record<string, unknown>[]
    expect(event).toMatchObject({
      type: 'REQUEST',
      methodArn: 'arn:aws:execute-api:us-east-1:111111111111:api/test/GET/a',
      resource: '/a',
      path: '/a',
      httpMethod: 'GET',
      queryStringParameters: { who: 'me' },
      pathParameters: {},
      stageVariables: {},
      requestContext: { resourcePath: '/a', httpMethod: 'GET', apiId: 'api', stage: 'test' },
    })
  })
})

describe('Cognito user pools', () => {
  const pool = 'arn:aws:cognito-idp:us-east-1:111111111111:userpool/us-east-1_abc'
  const files = {
    'swagger/api.json': {
      swagger: '2.0',
      info: { title: 'test', version: '1' },
      securityDefinitions: {
        pool: {
          type: 'apiKey',
          name: 'Authorization',
          in: 'header',
          'x-amazon-apigateway-authtype': 'cognito_user_pools',
          'x-amazon-apigateway-authorizer': { type: 'cognito_user_pools', providerARNs: [pool] },
        },
      },
      paths: {
        '/a': {
          get: {
            security: [{ pool: [] }],
            responses: {},
            'x-amazon-apigateway-integration': {
              type: 'aws_proxy',
              httpMethod: 'POST',
              uri: lambdaUri('echo'),
            },
          },
        },
      },
    },
  }

  test('claims arrive as text', async () => {
    const seen: unknown[] = []
    const served = await serve({
      files,
      functions: { echo },
      gateway: {
        verifyToken: (token, pools) => {
          seen.push([token, pools])
          return token === 'good'
            ? {
                sub: 's',
                'cognito:username': 'ada',
                email_verified: true,
                exp: 1_700_000_000,
                'cognito:groups': ['a', 'b'],
              }
            : undefined
        },
      },
    })
    expect(await ask(served, '/test/a', 'good')).toEqual([
      200,
      {
        claims: {
          sub: 's',
          'cognito:username': 'ada',
          email_verified: 'true',
          exp: 'Tue Nov 14 22:13:20 UTC 2023',
          'cognito:groups': 'a,b',
        },
      },
    ])
    expect(await ask(served, '/test/a', 'bad')).toEqual([401, { message: 'Unauthorized' }])
    expect(await ask(served, '/test/a', undefined)).toEqual([401, { message: 'Unauthorized' }])
    expect(seen).toEqual([
      ['good', [pool]],
      ['bad', [pool]],
    ])
  })

  test('without a verifier the refusal is loud', async () => {
    const served = await serve({ files, functions: { echo } })
    expect(await ask(served, '/test/a', 'good')).toEqual([500, { message: null }])
    expect(served.log.map(line => line.level)).toEqual(['error'])
  })
})
