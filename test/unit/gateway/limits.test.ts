import { describe, expect, test } from 'vitest'
import { createApiKeys, type UsagePlan } from '../../../src/gateway/index.ts'
import { realClock } from './support/ports.ts'
import { type Served, type ServeOptions, serve } from './support/serve.ts'

const mock = (template: string, more: object = {}) => ({
  ...more,
  responses: { 200: { description: 'fine' } },
  'x-amazon-apigateway-integration': {
    type: 'mock',
    requestTemplates: { 'application/json': '{"statusCode": 200}' },
    responses: { default: { statusCode: '200', responseTemplates: { 'application/json': template } } },
  },
})

const files = {
  'swagger/api.json': {
    swagger: '2.0',
    info: { title: 'test', version: '1' },
    'x-amazon-apigateway-endpoint-configuration': { types: ['REGIONAL'] },
    securityDefinitions: { api_key: { type: 'apiKey', name: 'x-api-key', in: 'header' } },
    paths: {
      '/canary': { get: mock('$context.isCanaryRequest $stageVariables.colour $stageVariables.size') },
      '/keyed': { get: mock('$context.identity.apiKeyId', { security: [{ api_key: [] }] }) },
      '/any': { 'x-amazon-apigateway-any-method': mock('$context.httpMethod') },
    },
  },
}

/** A clock that stands until it is told the time. */
function standingClock(now: number): typeof realClock & { set(now: number): void } {
  let time = now
  return {
    ...realClock,
    now: () => time,
    set: next => {
      time = next
    },
  }
}

async function ask(served: Served, path: string, key?: string, method = 'GET'): Promise<string> {
  const headers = key === undefined ? [] : ([['x-api-key', key]] as const)
  const { status, text, headers: received } = await served.send({ method, path, headers })
  return `${status} ${text}${status === 200 ? '' : ` ${received['x-amzn-errortype']}`}`
}

const stage = (more: object): NonNullable<ServeOptions['stages']> => ({
  test: { name: 'test', variables: { colour: 'red', size: 'large' }, ...more },
})

describe('canary releases', () => {
  test('a share of the requests gets other variables', async () => {
    const answers = async (percentTraffic: number) =>
      ask(
        await serve({ files, stages: stage({ canary: { percentTraffic, variables: { colour: 'blue' } } }) }),
        '/test/canary',
      )
    expect(await answers(100)).toBe('200 true blue large')
    expect(await answers(0)).toBe('200 false red large')
  })
})

describe('throttling', () => {
  test('a stage takes its burst, then what the rate allows', async () => {
    const clock = standingClock(1_700_000_000_000)
    const served = await serve({
      files,
      stages: stage({ throttle: { rateLimit: 10, burstLimit: 2 } }),
      gateway: { clock },
    })
    const refused = '429 {"message":"Too Many Requests"} TooManyRequestsException'
    expect(await ask(served, '/test/any')).toBe('200 GET')
    expect(await ask(served, '/test/any')).toBe('200 GET')
    expect(await ask(served, '/test/any')).toBe(refused)
    clock.set(1_700_000_000_100)
    expect(await ask(served, '/test/any')).toBe('200 GET')
    expect(await ask(served, '/test/any')).toBe(refused)
    expect(served.log.map(line => line.message)).toEqual([
      'the stage test takes 10 requests a second, 2 at once',
      'the stage test takes 10 requests a second, 2 at once',
    ])
  })

  test('each API has its stages for itself', async () => {
    const other = {
      swagger: '2.0',
      info: { title: 'other', version: '1' },
      paths: { '/other': { get: mock('other') } },
    }
    const served = await serve({
      files: { ...files, 'swagger/other.json': other },
      stages: stage({ throttle: { rateLimit: 1, burstLimit: 1 } }),
      gateway: { clock: standingClock(1_700_000_000_000) },
    })
    expect(await ask(served, '/test/any')).toBe('200 GET')
    expect(await ask(served, '/test/other')).toBe('200 other')
    expect(await ask(served, '/test/other')).toMatch(/^429 /)
  })
})

describe('usage plans', () => {
  const values = { ada: 'key-of-ada', bob: 'key-of-bob' }
  const start = (plans: Readonly<Record<string, UsagePlan>>, clock = standingClock(1_700_000_000_000)) =>
    serve({ files, gateway: { clock, apiKeys: createApiKeys(values, plans, clock) } })
  const forbidden = '403 {"message":"Forbidden"} ForbiddenException'

  test('without plans every key that is known will do', async () => {
    const served = await start({})
    expect(await ask(served, '/test/keyed', 'key-of-ada')).toBe('200 ada')
    expect(await ask(served, '/test/keyed', 'other')).toBe(forbidden)
    expect(await ask(served, '/test/keyed')).toBe(forbidden)
  })

  test('a key needs a plan for its stage', async () => {
    const served = await start({
      here: { keys: ['ada'], stages: ['api:test'] },
      there: { keys: ['bob'], stages: ['prod'] },
    })
    expect(await ask(served, '/test/keyed', 'key-of-ada')).toBe('200 ada')
    expect(await ask(served, '/test/keyed', 'key-of-bob')).toBe(forbidden)
    expect(served.log.map(line => line.message)).toEqual([
      'no usage plan lets the API key bob into the stage test of api',
    ])
  })

  test('each key has its own rate', async () => {
    const served = await start({
      small: { keys: ['ada', 'bob'], throttle: { rateLimit: 1, burstLimit: 1 } },
    })
    expect(await ask(served, '/test/keyed', 'key-of-ada')).toBe('200 ada')
    expect(await ask(served, '/test/keyed', 'key-of-bob')).toBe('200 bob')
    expect(await ask(served, '/test/keyed', 'key-of-ada')).toBe(
      '429 {"message":"Too Many Requests"} TooManyRequestsException',
    )
  })

  test.each([
    ['DAY', '2026-03-04T23:59:59Z', '2026-03-05T00:00:00Z'],
    ['WEEK', '2026-03-07T23:59:59Z', '2026-03-08T00:00:00Z'],
    ['MONTH', '2026-03-31T23:59:59Z', '2026-04-01T00:00:00Z'],
  ] as const)('a quota lasts for a %s', async (period, before, after) => {
    const clock = standingClock(Date.parse(before))
    const served = await start({ few: { keys: ['ada'], quota: { limit: 1, period } } }, clock)
    expect(await ask(served, '/test/keyed', 'key-of-ada')).toBe('200 ada')
    expect(await ask(served, '/test/keyed', 'key-of-ada')).toBe(
      '429 {"message":"Limit Exceeded"} LimitExceededException',
    )
    clock.set(Date.parse(after))
    expect(await ask(served, '/test/keyed', 'key-of-ada')).toBe('200 ada')
  })
})

test('ANY stands for the seven methods that API Gateway knows', async () => {
  const served = await serve({ files })
  for (const method of ['DELETE', 'GET', 'OPTIONS', 'PATCH', 'POST', 'PUT'])
    expect(await ask(served, '/test/any', undefined, method)).toBe(`200 ${method}`)
  expect(await ask(served, '/test/any', undefined, 'HEAD')).toBe('200 ')
  expect(await ask(served, '/test/any', undefined, 'PROPFIND')).toBe(
    '403 {"message":"Missing Authentication Token"} MissingAuthenticationTokenException',
  )
})
