import { describe, expect, test } from 'vitest'
import { readStatusCode } from '../../../src/gateway/integrations/mock.ts'
import { readProxyAnswer } from '../../../src/gateway/integrations/proxy-answer.ts'
import { locateJsonProblem } from '../../../src/gateway/json-problem.ts'
import { createBinaryCheck } from '../../../src/gateway/media-type.ts'
import type { MethodPlan } from '../../../src/gateway/plan.ts'
import { readQueryString } from '../../../src/gateway/query-string.ts'
import { requestTime } from '../../../src/gateway/request-context.ts'
import { createRouter } from '../../../src/gateway/router.ts'
import { traceOf } from '../../../src/gateway/trace.ts'
import { parseApiAddress } from '../../../src/server/index.ts'

describe('router', () => {
  const routes = [
    'GET /',
    'GET /pets',
    'GET /pets/{id}',
    'ANY /pets/{id}/toys/{toy}',
    'GET /pets/dog',
    'POST /pets/{proxy+}',
    'DELETE /{proxy+}',
    'GET /a/{x}/c',
    'GET /a/b/{y}',
    'GET /a b',
  ]
  const router = createRouter(
    routes.map(route => {
      const [httpMethod, resourcePath] = [
        route.slice(0, route.indexOf(' ')),
        route.slice(route.indexOf(' ') + 1),
      ]
      return { method: { httpMethod, resourcePath } } as unknown as MethodPlan
    }),
  )

  test.each([
    ['GET', '/', 'GET /', null],
    ['GET', '/pets', 'GET /pets', null],
    ['GET', '/pets/', 'GET /pets', null],
    ['GET', '//pets', 'GET /pets', null],
    ['GET', '/pets/1', 'GET /pets/{id}', { id: '1' }],
    ['GET', '/pets/dog', 'GET /pets/dog', null],
    // The literal has no POST, the parameter neither: back to the greedy one.
    ['POST', '/pets/dog', 'POST /pets/{proxy+}', { proxy: 'dog' }],
    ['POST', '/pets/1/2/3/', 'POST /pets/{proxy+}', { proxy: '1/2/3' }],
    ['PUT', '/pets/1/toys/2', 'ANY /pets/{id}/toys/{toy}', { id: '1', toy: '2' }],
    ['DELETE', '/pets/1//x', 'DELETE /{proxy+}', { proxy: 'pets/1//x' }],
    ['GET', '/a/b/c', 'GET /a/b/{y}', { y: 'c' }],
    ['GET', '/a/z/c', 'GET /a/{x}/c', { x: 'z' }],
    ['GET', '/a%20b', 'GET /a b', null],
    ['GET', '/pets/a%2Fb', 'GET /pets/{id}', { id: 'a%2Fb' }],
    ['DELETE', '/', undefined, undefined],
    ['HEAD', '/pets', undefined, undefined],
    ['GET', '/PETS', undefined, undefined],
  ])('%s %s → %s', (method, path, route, pathParameters) => {
    const found = router.match(method, path)
    expect(
      found && {
        route: `${found.method.method.httpMethod} ${found.method.method.resourcePath}`,
        pathParameters: found.pathParameters,
      },
    ).toEqual(route === undefined ? undefined : { route, pathParameters })
  })
})

// Asserted by localstack/localstack, tests/unit/services/apigateway/test_mock_integration.py, "validated against AWS".
describe('the status of a MOCK', () => {
  test.each([
    ['{"statusCode": 200}', 200],
    ['{"statusCode": 0}', 0],
    ['{"statusCode": -1000}', -1000],
    ['{ statusCode: 200 }', 200],
    ['{statusCode: 200,super{ f}oo: [ba r]}', 200],
    ['{statusCode: 200, "value": \'goog\'}', 200],
    ['{statusCode: 200, foo}: [ba r]}', 200],
    ["{statusCode: 200, foo'}: [ba r]}", 200],
    ['{statusCode: 200, }foo: [ba r]}', 200],
    ["{statusCode: 200, }foo: ''}", 200],
    ['{statusCode: 200, " ": " "}', 200],
    ["{'statusCode': 200, '': ''}", 200],
    ['{"statusCode": 200 , }', 200],
    ['{"statusCode": 200 ,, }', 200],
    ['{"statusCode": 200 , null: null }', 200],
    ['{"statusCode": "200"}', undefined],
    ['{"statusCode": 200', undefined],
    ['{"statusCode\': 200 }', undefined],
    ['{\'statusCode": 200 }', undefined],
    ["{'statusCode: 200 }", undefined],
    ['statusCode: 200', undefined],
    ['{statusCode: 200, {foo: [ba r]}', undefined],
    ['', undefined],
    ['null', undefined],
  ])('%j → %s', (text, status) => {
    expect(readStatusCode(text)).toBe(status)
  })
})

describe('answers of proxy integrations', () => {
  const read = (answer: unknown) => readProxyAnswer(Buffer.from(JSON.stringify(answer)), true)

  test('numbers and booleans in headers and body are text', () => {
    expect(read({ headers: { a: 1, b: false, c: null }, body: 7 })).toEqual({
      status: 200,
      headers: [
        ['Content-Type', 'application/json'],
        ['a', '1'],
        ['b', 'false'],
      ],
      body: Buffer.from('7'),
    })
  })

  test.each([
    ['null', null],
    ['an array', []],
    ['a body that is an object', { body: {} }],
    ['a status out of range', { statusCode: 99 }],
    ['a status with a fraction', { statusCode: 200.5 }],
    ['an object as header', { headers: { a: {} } }],
    ['a line break in a header', { headers: { a: 'x\r\ny' } }],
    ['a header name with a blank', { headers: { 'a b': 'x' } }],
    ['headers as a list', { headers: [] }],
    ['cookies, which only HTTP APIs know', { cookies: [] }],
  ])('%s is malformed', (_name, answer) => {
    expect(() => read(answer)).toThrow(expect.objectContaining({ type: 'INTEGRATION_FAILURE', status: 502 }))
  })
})

describe('JSON problems', () => {
  test.each([
    ['{"a": 1}', undefined],
    ['{"a": "it\\\'s"}', [1, 10]],
    ['{\n  "a": ,\n}', [2, 8]],
    ['{"a": 1', [1, 8]],
    ['{"a": "line\nbreak"}', [1, 12]],
    ['', [1, 1]],
    ['{} x', [1, 4]],
    [`${'['.repeat(100_000)}`, undefined],
  ])('%j', (text, place) => {
    const problem = locateJsonProblem(text)
    if (text.startsWith('[[')) expect(problem?.line).toBe(1)
    else expect(problem && [problem.line, problem.column]).toEqual(place)
  })
})

test('queries', () => {
  expect(readQueryString('')).toBeNull()
  expect(readQueryString('&&')).toBeNull()
  expect(readQueryString('a=1&a=2&b&c=%zz+x&%C3%A9=%FF&__proto__=x')).toEqual({
    single: Object.assign(Object.create(null), {
      a: '2',
      b: '',
      c: '%zz x',
      é: '\uFFFD',
      ['__proto__']: 'x',
    }),
    multi: Object.assign(Object.create(null), {
      a: ['1', '2'],
      b: [''],
      c: ['%zz x'],
      é: ['\uFFFD'],
      ['__proto__']: ['x'],
    }),
  })
})

test('binary media types', () => {
  const some = createBinaryCheck(['image/png', 'application/*', '*/test'])
  expect(
    [
      'image/png',
      'image/png; q=1, x/y',
      'IMAGE/PNG',
      'application/x',
      'a/test',
      '*/test',
      '*/*',
      '',
      undefined,
    ].map(some),
  ).toEqual([true, true, true, true, false, false, false, false, false])
  expect(createBinaryCheck(['*/*'])(undefined)).toBe(true)
})

test('times and traces', () => {
  expect(requestTime(Date.UTC(2026, 0, 2, 3, 4, 5))).toBe('02/Jan/2026:03:04:05 +0000')
  const random = '0123456789abcdef0123456789abcdef01234567'
  expect(traceOf(undefined, random, 1_700_000_000_000)).toEqual({
    request: 'Root=1-6553f100-0123456789abcdef01234567',
    full: 'Root=1-6553f100-0123456789abcdef01234567;Parent=89abcdef01234567;Sampled=0',
  })
  expect(traceOf('Root=r;Parent=p;Sampled=1', random, 0).full).toBe('Root=r;Parent=p;Sampled=1')
  expect(traceOf('nonsense', random, 0).full).toMatch(/^Root=1-/)
})

test.each([
  ['/dev/a/b?x=1', undefined, { stage: 'dev', path: '/a/b', query: 'x=1' }],
  ['//dev//a', undefined, { stage: 'dev', path: '//a', query: '' }],
  ['/dev', undefined, { stage: 'dev', path: '/', query: '' }],
  ['/', undefined, { stage: '', path: '/', query: '' }],
  ['http://somewhere:80/dev/a?q', undefined, { stage: 'dev', path: '/a', query: 'q' }],
  ['/dev/a#frag', undefined, { stage: 'dev', path: '/a', query: '' }],
  ['/dev/a', 'x1.execute-api.localhost:3000', { apiId: 'x1', stage: 'dev', path: '/a', query: '' }],
  ['/dev/a', 'x1.execute-api.us-east-1.amazonaws.com', { apiId: 'x1', stage: 'dev', path: '/a', query: '' }],
  ['/restapis/x1/dev/_user_request_/a/b', undefined, { apiId: 'x1', stage: 'dev', path: '/a/b', query: '' }],
  ['/restapis/x1/dev/_user_request_', undefined, { apiId: 'x1', stage: 'dev', path: '/', query: '' }],
  ['/restapis/x1', undefined, { stage: 'restapis', path: '/x1', query: '' }],
])('address of %s at %s', (url, host, address) => {
  expect(parseApiAddress(url, host)).toEqual(address)
})
