import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { ApiKey } from '../../../src/gateway/index.ts'
import { type BackendAnswer, type SeenRequest, startBackend } from './support/backend.ts'
import type { ReceivedAnswer } from './support/send.ts'
import { FunctionFailure, type Scripted, type Served, serve } from './support/serve.ts'

/** One exchange recorded from AWS, its set-up written as Swagger; provenance stands beside it in the file. */
interface RecordedCase {
  readonly id: string
  readonly swagger: { readonly paths: object }
  readonly stage?: string
  readonly variables?: Readonly<Record<string, string>>
  readonly canary?: { readonly percentTraffic: number; readonly variables: Readonly<Record<string, string>> }
  readonly apiKeys?: readonly ApiKey[]
  readonly functions?: Readonly<
    Record<string, { readonly returns?: unknown; readonly throws?: unknown; readonly behaviour?: string }>
  >
  readonly backend?: string
  readonly service?: {
    readonly status: number
    readonly headers?: Readonly<Record<string, string>>
    readonly bodyBase64?: string
  }
  readonly request: {
    readonly method: string
    readonly path: string
    readonly headers: Readonly<Record<string, string>>
    readonly headerList?: readonly (readonly [string, string])[]
    readonly body?: string
    readonly bodyBase64?: string
  }
  readonly expect: {
    readonly status: number
    readonly body?: string
    readonly json?: unknown
    readonly bodyBase64?: string
    readonly headers?: Readonly<Record<string, string>>
    readonly rawHeaders?: Readonly<Record<string, string>>
    readonly headerNames?: readonly string[]
    readonly event?: unknown
    readonly eventPart?: Readonly<Record<string, unknown>>
    readonly backend?: {
      readonly method?: string
      readonly path?: string
      readonly headers?: Readonly<Record<string, string>>
      readonly exactHeaders?: Readonly<Record<string, string>>
      readonly json?: unknown
      readonly args?: Readonly<Record<string, string>>
    }
    readonly service?: {
      readonly method: string
      readonly path: string
      readonly target?: string
      readonly contentType?: string
      readonly json?: unknown
      readonly bodyBase64?: string
    }
  }
}

const cases: readonly RecordedCase[] = ['recorded.json', 'recorded-more.json'].flatMap(file =>
  JSON.parse(readFileSync(new URL(`../../cases/gateway/${file}`, import.meta.url), 'utf8')),
)

/** Backends of the recordings, by what the recording project's own backends did. */
const backends: Readonly<Record<string, (request: SeenRequest) => BackendAnswer>> = {
  'echo-body': ({ body }) => ({ body, headers: ['Content-Type', 'application/json'] }),
  record: () => ({ body: '{}', headers: ['Content-Type', 'application/json'] }),
  'echo-request': () => ({
    body: '{}',
    headers: ['Content-Type', 'application/json'],
  }),
  'status-of-path': ({ url }) => ({
    status: Number(url.split('/').at(-1)),
    body: '{}',
    headers: ['Content-Type', 'application/json'],
  }),
  'echo-request-gunicorn': () => ({
    body: '{}',
    headers: [
      ...['Server', 'gunicorn/19.9.0', 'Content-Type', 'application/json'],
      ...['Access-Control-Allow-Origin', '*', 'Access-Control-Allow-Credentials', 'true'],
    ],
  }),
}

function scripted(definition: NonNullable<RecordedCase['functions']>[string]): Scripted {
  if (definition.behaviour === 'echo') return event => event
  if (definition.behaviour === 'echo-as-json-text') return event => JSON.stringify(event)
  return () => {
    if (definition.throws !== undefined) throw new FunctionFailure(definition.throws)
    return definition.returns
  }
}

/** A `<…>` in a recording hides a value that differs from run to run; it only has to be there. */
function unmasked(expected: unknown, actual: unknown): unknown {
  if (typeof expected === 'string' && /^<.*>$/.test(expected))
    return actual === undefined || actual === null || actual === '' ? expected : actual
  if (Array.isArray(expected) && Array.isArray(actual))
    return expected.map((value, index) => unmasked(value, actual[index]))
  if (typeof expected === 'object' && expected !== null && typeof actual === 'object' && actual !== null) {
    const known = actual as Record<string, unknown>
    return Object.fromEntries(
      Object.entries(expected).map(([key, value]) => [key, unmasked(value, known[key])]),
    )
  }
  return expected
}

describe('recorded from AWS', () => {
  test.each(cases.map(one => [one.id, one] as const))('%s', async (_id, one) => {
    const backend =
      one.backend === undefined ? undefined : await startBackend(backends[one.backend] ?? (() => ({})))
    const service =
      one.service === undefined
        ? undefined
        : await startBackend(() => ({
            status: one.service?.status ?? 200,
            headers: Object.entries(one.service?.headers ?? {}).flat(),
            body: Buffer.from(one.service?.bodyBase64 ?? '', 'base64'),
          }))
    const stage = one.stage ?? 'test'
    const served = await serve({
      files: {
        'swagger/recorded.json': JSON.stringify(one.swagger).replaceAll('<backend>', backend?.url ?? ''),
      },
      functions: Object.fromEntries(
        Object.entries(
          one.functions ?? {
            backend: { returns: null },
          },
        ).map(([name, definition]) => [name, scripted(definition)]),
      ),
      stages: {
        [stage]: { name: stage, variables: one.variables ?? {}, ...(one.canary && { canary: one.canary }) },
      },
      gateway: {
        ...(one.apiKeys && { apiKeys: { find: value => one.apiKeys?.find(key => key.value === value) } }),
        ...(service && {
          awsEndpoint: () => service.url,
          credentials: () => ({ accessKeyId: 'test', secretAccessKey: 'test' }),
        }),
      },
    })
    const { request } = one
    const answer = await served.send({
      method: request.method,
      path: request.path,
      headers: [...Object.entries(request.headers), ...(request.headerList ?? [])],
      body: request.bodyBase64 === undefined ? request.body : Buffer.from(request.bodyBase64, 'base64'),
    })
    expectAnswer(one, served, answer)
    if (one.expect.backend !== undefined) expectBackend(one, served, backend?.seen[0])
    if (one.expect.service !== undefined) expectService(one, service?.seen[0])
  })
})

function expectAnswer(one: RecordedCase, served: Served, answer: ReceivedAnswer): void {
  const wanted = one.expect
  expect({ status: answer.status, log: served.log.filter(line => line.level === 'error') }).toEqual({
    status: wanted.status,
    log: wanted.status >= 500 ? expect.anything() : [],
  })
  if (wanted.body !== undefined) expect(answer.text).toBe(wanted.body)
  if (wanted.json !== undefined) expect(JSON.parse(answer.text)).toEqual(wanted.json)
  if (wanted.bodyBase64 !== undefined) expect(answer.body.toString('base64')).toBe(wanted.bodyBase64)
  for (const [name, value] of Object.entries(wanted.headers ?? {})) {
    const pattern = value
      .replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
      .replaceAll('<root>', '1-[0-9a-f]{8}-[0-9a-f]{24}')
      .replaceAll('<parent>', '[0-9a-f]{16}')
    expect(answer.headers[name.toLowerCase()]).toMatch(new RegExp(`^${pattern}$`))
  }
  const raw = pairs(answer.rawHeaders)
  for (const [name, value] of Object.entries(wanted.rawHeaders ?? {})) expect(raw[name]).toBe(value)
  if (wanted.headerNames !== undefined)
    expect(
      Object.keys(answer.headers)
        .filter(name => name !== 'x-lambdarium-trace')
        .toSorted(),
    ).toEqual(wanted.headerNames)
  if (wanted.event !== undefined) expect(served.events[0]).toEqual(unmasked(wanted.event, served.events[0]))
  for (const [name, value] of Object.entries(wanted.eventPart ?? {})) {
    const seen = (served.events[0] as Record<string, unknown>)[name]
    expect([name, seen]).toEqual([name, unmasked(value, seen)])
  }
}

function pairs(raw: readonly string[]): Record<string, string> {
  const joined: Record<string, string> = {}
  for (let index = 0; index < raw.length; index += 2) {
    const name = raw[index] ?? ''
    joined[name] = name in joined ? `${joined[name]}, ${raw[index + 1]}` : (raw[index + 1] ?? '')
  }
  return joined
}

function expectBackend(one: RecordedCase, served: Served, seen: SeenRequest | undefined): void {
  const wanted = one.expect.backend
  if (seen === undefined || wanted === undefined) throw new Error('the backend was not called')
  if (wanted.method !== undefined) expect(seen.method).toBe(wanted.method)
  const url = new URL(seen.url, 'http://backend')
  if (wanted.path !== undefined) expect(url.pathname).toBe(wanted.path)
  if (wanted.json !== undefined) {
    const body: unknown = JSON.parse(seen.body.toString('utf8'))
    expect(body).toEqual(unmasked(wanted.json, body))
  }
  if (wanted.args !== undefined) {
    const args: Record<string, string> = {}
    for (const [name, value] of url.searchParams) args[name] = name in args ? `${args[name]},${value}` : value
    expect(args).toEqual(wanted.args)
  }
  const root = served.snapshot.apis[0]?.resources.find(resource => resource.path === '/')?.id ?? ''
  for (const [name, value] of Object.entries(wanted.headers ?? {})) {
    const text = value.replaceAll(/<rest_api_id:1>/g, 'recorded').replaceAll('<root resource id>', root)
    expect([name, seen.headers[name.toLowerCase()]]).toEqual([
      name,
      unmasked(text, seen.headers[name.toLowerCase()]),
    ])
  }
  if (wanted.exactHeaders !== undefined) {
    const lower = Object.fromEntries(
      Object.entries(wanted.exactHeaders).map(([name, value]) => [
        name.toLowerCase(),
        unmasked(value, seen.headers[name.toLowerCase()]),
      ]),
    )
    // The recorded backend hides what Node's own connection adds.
    const { connection: _connection, ...rest } = seen.headers
    const forwarded = Object.fromEntries(
      Object.entries(rest).filter(([name]) => !name.startsWith('x-forwarded-')),
    )
    expect(forwarded).toEqual(lower)
  }
}

function expectService(one: RecordedCase, seen: SeenRequest | undefined): void {
  const wanted = one.expect.service
  if (seen === undefined || wanted === undefined) throw new Error('the service was not called')
  expect({ method: seen.method, path: seen.url }).toEqual({ method: wanted.method, path: wanted.path })
  expect(seen.headers['authorization']).toMatch(/^AWS4-HMAC-SHA256 Credential=test\//)
  if (wanted.target !== undefined) expect(seen.headers['x-amz-target']).toBe(wanted.target)
  if (wanted.contentType !== undefined) expect(seen.headers['content-type']).toBe(wanted.contentType)
  if (wanted.json !== undefined) expect(JSON.parse(seen.body.toString('utf8'))).toEqual(wanted.json)
  if (wanted.bodyBase64 !== undefined) expect(seen.body.toString('base64')).toBe(wanted.bodyBase64)
}
