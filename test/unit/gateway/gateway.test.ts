import { gunzipSync, gzipSync, inflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { startBackend } from './support/backend.ts'
import { serve } from './support/serve.ts'

const lambdaUri = (name: string): string =>
  `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:111111111111:function:${name}/invocations`

const proxy = (name = 'fn') => ({ type: 'aws_proxy', httpMethod: 'POST', uri: lambdaUri(name) })
const mock = (responses: object = { default: { statusCode: '200' } }) => ({
  type: 'mock',
  requestTemplates: { 'application/json': '{"statusCode": 200}' },
  responses,
})
const method = (integration: object, more: object = {}) => ({
  ...more,
  responses: { 200: { description: 'fine' } },
  'x-amazon-apigateway-integration': integration,
})
const swagger = (paths: object, more: object = {}) => ({
  swagger: '2.0',
  info: { title: 'test', version: '1' },
  'x-amazon-apigateway-endpoint-configuration': { types: ['REGIONAL'] },
  paths,
  ...more,
})
const files = (paths: object, more: object = {}) => ({ 'swagger/api.json': swagger(paths, more) })

describe('addresses', () => {
  test('the three URL forms reach the same method', async () => {
    const served = await serve({
      files: files({ '/a/{id}': { get: method(proxy()) } }),
      functions: { fn: event => ({ body: JSON.stringify((event as { path: string }).path) }) },
    })
    const answers = await Promise.all([
      served.send({ method: 'GET', path: '/test/a/1' }),
      served.send({ method: 'GET', path: '/restapis/api/test/_user_request_/a/1' }),
      served.send({
        method: 'GET',
        path: '/test/a/1',
        headers: [['Host', `api.execute-api.localhost:${served.port}`]],
      }),
    ])
    expect(answers.map(answer => [answer.status, answer.text])).toEqual(Array(3).fill([200, '"/a/1"']))
  })

  test.each([
    ['/', 403, '{"message":"Forbidden"}', 'ForbiddenException'],
    ['/nostage/a', 403, '{"message":"Forbidden"}', 'ForbiddenException'],
    ['/restapis/nope/test/_user_request_/a', 403, '{"message":"Forbidden"}', 'ForbiddenException'],
    ['/test/nope', 403, '{"message":"Missing Authentication Token"}', 'MissingAuthenticationTokenException'],
    ['/test', 403, '{"message":"Missing Authentication Token"}', 'MissingAuthenticationTokenException'],
  ])('%s → %i', async (path, status, body, errorType) => {
    const served = await serve({ files: files({ '/a': { get: method(mock()) } }) })
    const answer = await served.send({ method: 'GET', path })
    expect([answer.status, answer.text, answer.headers['x-amzn-errortype']]).toEqual([
      status,
      body,
      errorType,
    ])
    // The client is told no more than AWS tells; the terminal is.
    expect(served.log.map(line => line.level)).toEqual(['warn'])
  })

  test('several APIs are joined, and each is alone under its own name', async () => {
    const served = await serve({
      files: {
        'swagger/one.json': swagger({ '/one': { get: method(mock()) } }),
        'swagger/two.json': swagger({ '/two/{proxy+}': { get: method(mock()) } }),
      },
    })
    const statuses = await Promise.all(
      [
        '/test/one',
        '/test/two/x/y',
        '/restapis/one/test/_user_request_/one',
        '/restapis/one/test/_user_request_/two/x',
      ].map(async path => (await served.send({ method: 'GET', path })).status),
    )
    expect(statuses).toEqual([200, 200, 200, 403])
  })
})

describe('gateway responses', () => {
  const custom = {
    'x-amazon-apigateway-gateway-responses': {
      MISSING_AUTHENTICATION_TOKEN: {
        statusCode: 404,
        responseParameters: {
          'gatewayresponse.header.Access-Control-Allow-Origin': "'*'",
          'gatewayresponse.header.x-asked': 'method.request.header.x-ask',
          'gatewayresponse.header.x-stage': 'context.stage',
        },
        responseTemplates: {
          'application/json':
            '{"m":$context.error.messageString,"t":"$context.error.responseType","v":"$stageVariables.a","q":"$method.request.querystring.q","#if":"$input.body"}',
        },
      },
      DEFAULT_5XX: {
        statusCode: 599,
        responseTemplates: { 'application/json': '{"oops":"$context.error.message"}' },
      },
    },
  }

  test('status, headers and variables, but no VTL', async () => {
    const served = await serve({
      files: files({ '/a': { get: method(mock()) } }, custom),
      stages: { test: { name: 'test', variables: { a: 'A' } } },
    })
    const answer = await served.send({ method: 'GET', path: '/test/x?q=Q', headers: [['X-Ask', 'yes']] })
    expect(answer.status).toBe(404)
    expect(answer.text).toBe(
      '{"m":"Missing Authentication Token","t":"MISSING_AUTHENTICATION_TOKEN","v":"A","q":"Q","#if":"$input.body"}',
    )
    expect([
      answer.headers['access-control-allow-origin'],
      answer.headers['x-asked'],
      answer.headers['x-stage'],
      answer.headers['x-amzn-errortype'],
    ]).toEqual(['*', 'yes', 'test', 'MissingAuthenticationTokenException'])
  })

  test('DEFAULT_5XX stands in for every type without its own entry', async () => {
    const served = await serve({
      files: files({ '/a': { get: method(proxy()) } }, custom),
      functions: { fn: () => 'no object' },
    })
    const answer = await served.send({ method: 'GET', path: '/test/a' })
    expect([answer.status, answer.text]).toEqual([599, '{"oops":"Internal server error"}'])
  })
})

describe('limits', () => {
  test('10 MB of body, 10,240 bytes of headers', async () => {
    const served = await serve({ files: files({ '/a': { post: method(mock()) } }) })
    const large = await served.send({ method: 'POST', path: '/test/a', body: Buffer.alloc(10_485_761) })
    expect([large.status, large.text]).toEqual([
      413,
      '{"message":"HTTP content length exceeded 10485760 bytes."}',
    ])
    const long = await served.send({
      method: 'POST',
      path: '/test/a',
      headers: [['X-Long', 'x'.repeat(10_240)]],
    })
    expect([long.status, long.text]).toEqual([431, '{"message":"HTTP header is larger than 10240 bytes."}'])
  })

  test('an integration that does not answer in time is 504', async () => {
    const served = await serve({
      files: files({ '/a': { get: method({ ...proxy(), timeoutInMillis: 50 }) } }),
      functions: { fn: () => new Promise(() => {}) },
    })
    const answer = await served.send({ method: 'GET', path: '/test/a' })
    expect([answer.status, answer.text, answer.headers['x-amzn-errortype']]).toEqual([
      504,
      '{"message": "Endpoint request timed out"}',
      'InternalServerErrorException',
    ])
  })
})

describe('non-proxy Lambda', () => {
  const template = (text: string) => ({
    ...proxy(),
    type: 'aws',
    requestTemplates: { 'application/json': text },
    responses: { default: { statusCode: '200' } },
  })

  test('X-Amz-Invocation-Type: Event answers at once', async () => {
    const served = await serve({
      files: files({
        '/a': {
          post: method({
            ...template('{"x":1}'),
            requestParameters: { 'integration.request.header.X-Amz-Invocation-Type': "'Event'" },
          }),
        },
      }),
      functions: { fn: () => 'never seen' },
    })
    const answer = await served.send({ method: 'POST', path: '/test/a' })
    expect([answer.status, answer.text, served.invocations[0]?.invocationType]).toEqual([200, '', 'Event'])
  })

  test('a body that begins like JSON and is none is 400 where the template reads it', async () => {
    const served = await serve({
      files: files({ '/a': { post: method(template('{"v": "$input.path(\'$\')"}')) } }),
      functions: { fn: event => event },
    })
    const send = async (body: string) => {
      const answer = await served.send({ method: 'POST', path: '/test/a', body })
      return [answer.status, answer.text]
    }
    expect(await send('{a')).toEqual([400, '{"message":"Could not process payload"}'])
    expect(await send('a{b')).toEqual([200, '{"v":"a{b"}'])
    expect(served.log[0]?.message).toContain('line 1, column 2')
  })

  test('every stage leaves its trace in the journal', async () => {
    const served = await serve({
      files: files({ '/a': { get: method(template('{"v": "$input.params(\'v\')"}')) } }),
      functions: { fn: event => event },
    })
    const answer = await served.send({ method: 'GET', path: '/test/a?v=1' })
    const entry = served.journal.find(one => one.id === answer.headers['x-lambdarium-trace'])
    expect(entry?.stages.map(stage => stage.name)).toEqual([
      'method request',
      'integration request',
      'integration response',
      'integration response mapping',
      'method response',
    ])
    expect(entry?.stages[1]?.detail).toMatchObject({
      source: '{"v": "$input.params(\'v\')"}',
      body: '{"v": "1"}',
    })
    expect(entry?.outcome).toMatchObject({ status: 200 })
  })
})

describe('passthrough behaviour', () => {
  const integration = (passthroughBehavior: string, requestTemplates: object) => ({
    ...proxy(),
    type: 'aws',
    passthroughBehavior,
    requestTemplates,
    responses: { default: { statusCode: '200' } },
  })
  const json = { 'application/json': '{"templated":true}' }
  test.each([
    ['when_no_match', json, 'application/json', 200, '{"templated":true}'],
    ['when_no_match', json, 'text/plain', 200, '{"raw":1}'],
    ['when_no_templates', json, 'text/plain', 415, '{"message":"Unsupported Media Type"}'],
    ['when_no_templates', {}, 'text/plain', 200, '{"raw":1}'],
    ['never', json, 'text/plain', 415, '{"message":"Unsupported Media Type"}'],
    ['never', {}, 'application/json', 415, '{"message":"Unsupported Media Type"}'],
    ['never', json, 'application/json; charset=utf-8', 200, '{"templated":true}'],
  ])('%s %j with %s → %i', async (behaviour, templates, type, status, body) => {
    const served = await serve({
      files: files({ '/a': { post: method(integration(behaviour, templates)) } }),
      functions: { fn: event => event },
    })
    const answer = await served.send({
      method: 'POST',
      path: '/test/a',
      headers: [['Content-Type', type]],
      body: '{"raw":1}',
    })
    expect([answer.status, answer.text]).toEqual([status, body])
  })
})

describe('compression', () => {
  const text = 'x'.repeat(2_000)
  const served = () =>
    serve({
      files: files(
        { '/a/{n}': { get: method(proxy()) } },
        { 'x-amazon-apigateway-minimum-compression-size': 1_000 },
      ),
      functions: {
        fn: event => ({
          body: text.slice(0, Number((event as { pathParameters: { n: string } }).pathParameters.n)),
        }),
      },
    })

  test('gzip and deflate from the minimum size on', async () => {
    const { send } = await served()
    const ask = (n: number, encoding: string) =>
      send({ method: 'GET', path: `/test/a/${n}`, headers: [['Accept-Encoding', encoding]] })
    const gzip = await ask(2_000, 'br, gzip')
    expect([gzip.headers['content-encoding'], gunzipSync(gzip.body).toString()]).toEqual(['gzip', text])
    const deflate = await ask(2_000, 'gzip;q=0, deflate')
    expect([deflate.headers['content-encoding'], inflateSync(deflate.body).toString()]).toEqual([
      'deflate',
      text,
    ])
    const small = await ask(999, 'gzip')
    expect([small.headers['content-encoding'], small.text]).toEqual([undefined, text.slice(0, 999)])
  })
})

test('a compressed request is opened for APIs with compression', async () => {
  const served = await serve({
    files: files(
      { '/a': { post: method(proxy()) } },
      { 'x-amazon-apigateway-minimum-compression-size': 1_000_000 },
    ),
    functions: { fn: event => ({ body: (event as { body: string }).body }) },
  })
  const post = async (body: Buffer) => {
    const headers = [['Content-Encoding', 'gzip']] as const
    const answer = await served.send({ method: 'POST', path: '/test/a', headers, body })
    return [answer.status, answer.text]
  }
  expect(await post(gzipSync('{"a":1}'))).toEqual([200, '{"a":1}'])
  expect(await post(Buffer.from('no gzip'))).toEqual([400, '{"message":"Invalid request body"}'])
  // 20 MB of zeros in 20 KB.
  expect((await post(gzipSync(Buffer.alloc(20_000_000))))[0]).toBe(413)
})

describe('the cors convenience', () => {
  test('answers preflights of paths that have no OPTIONS, and marks every answer', async () => {
    const served = await serve({
      files: files({ '/a': { get: method(mock()), post: method(mock()) } }),
      cors: true,
    })
    const preflight = await served.send({
      method: 'OPTIONS',
      path: '/test/a',
      headers: [
        ['Origin', 'http://localhost:5173'],
        ['Access-Control-Request-Headers', 'x-mine'],
      ],
    })
    expect([
      preflight.status,
      preflight.headers['access-control-allow-origin'],
      preflight.headers['access-control-allow-methods'],
      preflight.headers['access-control-allow-headers'],
    ]).toEqual([200, '*', 'GET,POST,OPTIONS', 'x-mine'])
    const get = await served.send({ method: 'GET', path: '/test/a' })
    const missing = await served.send({ method: 'GET', path: '/test/b' })
    expect([get, missing].map(answer => answer.headers['access-control-allow-origin'])).toEqual(['*', '*'])
  })
})

describe('HTTP integrations', () => {
  test('an unreachable endpoint is 504, an address that is none 500', async () => {
    const backend = await startBackend(() => ({}))
    const closed = backend.url.replace(/\d+$/, '1')
    const served = await serve({
      files: files({
        '/closed': { get: method({ type: 'http_proxy', httpMethod: 'GET', uri: closed }) },
        '/unmapped': { get: method({ type: 'http_proxy', httpMethod: 'GET', uri: `${backend.url}/{x}` }) },
      }),
    })
    const at = async (path: string) => {
      const answer = await served.send({ method: 'GET', path })
      return [answer.status, answer.text]
    }
    expect(await at('/test/closed')).toEqual([
      504,
      '{"message": "Network error communicating with endpoint"}',
    ])
    expect(await at('/test/unmapped')).toEqual([500, '{"message": "Internal server error"}'])
  })

  test('the status selects the response, and its headers and body are mapped', async () => {
    const backend = await startBackend(({ url }) => ({
      status: url === '/missing' ? 404 : 200,
      headers: ['X-From', 'backend', 'Content-Type', 'application/json'],
      body: '{"a":{"b":"deep"}}',
    }))
    const served = await serve({
      files: files({
        '/{x}': {
          get: method({
            type: 'http',
            httpMethod: 'GET',
            uri: `${backend.url}/{x}`,
            requestParameters: { 'integration.request.path.x': 'method.request.path.x' },
            responses: {
              '4\\d{2}': {
                statusCode: '404',
                responseParameters: {
                  'method.response.header.X-Mapped': 'integration.response.header.X-From',
                  'method.response.header.X-Body': 'integration.response.body.a.b',
                  'method.response.header.Content-Type': "'text/html'",
                },
                responseTemplates: { 'application/json': "<p>$input.path('$.a.b')</p>" },
              },
              default: { statusCode: '200' },
            },
          }),
          parameters: [{ name: 'x', in: 'path', required: true, type: 'string' }],
        },
      }),
    })
    const missing = await served.send({ method: 'GET', path: '/test/missing' })
    expect([
      missing.status,
      missing.text,
      missing.headers['x-mapped'],
      missing.headers['x-body'],
      missing.headers['content-type'],
    ]).toEqual([404, '<p>deep</p>', 'backend', 'deep', 'text/html'])
    const found = await served.send({ method: 'GET', path: '/test/found' })
    expect([found.status, found.text, found.headers['x-from']]).toEqual([
      200,
      '{"a":{"b":"deep"}}',
      undefined,
    ])
  })
})
