import { request } from 'node:http'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { describe, expect, test } from 'vitest'
import { AwsError, createIdentity, defineService } from '../../../src/aws/index.ts'
import { startDoor } from '../../support/aws-door.ts'
import { memoryJournal, memoryLog } from '../gateway/support/ports.ts'

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

interface Sent {
  readonly method?: string
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

/** Sends exactly these headers: `fetch` would not let Host and Origin through. */
function send(
  endpoint: string,
  { method = 'GET', path = '/', headers = {}, body = '' }: Sent,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(endpoint + path, { method, headers }, response => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      )
      response.on('error', reject)
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

const target = (operation: string) => ({
  'X-Amz-Target': `AmazonSSM.${operation}`,
  'Content-Type': 'application/x-amz-json-1.1',
})
const describeParameters = { method: 'POST', headers: target('DescribeParameters'), body: '{}' }

function ssm(seen: unknown[] = []) {
  return defineService({
    id: 'ssm',
    createState: () => {
      seen.push('state')
      return {}
    },
    operations: {
      DescribeParameters: (_context, input) => {
        seen.push(input)
        return { Parameters: [] }
      },
      GetParameter: () => {
        throw new TypeError('a bug')
      },
    },
    stop: () => void seen.push('stop'),
  })
}

test('what AWS has and we have not, what nobody has, and what is our bug', async () => {
  const log = memoryLog()
  const { endpoint } = await startDoor({ services: [ssm()], log })
  const answer = async (operation: string) => {
    const { status, body } = await send(endpoint, {
      method: 'POST',
      headers: target(operation),
      body: '{"Name":"a"}',
    })
    return [status, JSON.parse(body)]
  }
  expect(await answer('DeleteParameter')).toEqual([
    501,
    {
      __type: 'NotImplementedException',
      message: 'ssm:DeleteParameter is an operation of AWS that Lambdarium does not implement.',
    },
  ])
  expect(await answer('MakeCoffee')).toEqual([400, { __type: 'UnknownOperationException' }])
  expect(await answer('GetParameter')).toEqual([
    500,
    { __type: 'InternalFailure', message: 'We encountered an internal error. Please try again.' },
  ])
  expect(log.lines.map(({ level, message }) => `${level}: ${message}`)).toEqual([
    'warn: ssm:DeleteParameter is an operation of AWS that Lambdarium does not implement.',
    'error: an operation failed because of a bug',
  ])
})

test('a state is made by the first call, forgotten by reset, ended by close', async () => {
  const seen: unknown[] = []
  const { endpoint, door } = await startDoor({ services: [ssm(seen)] })
  expect(door.services()).toEqual({ ssm: 'available' })
  await Promise.all([send(endpoint, describeParameters), send(endpoint, describeParameters)])
  expect(door.services()).toEqual({ ssm: 'running' })
  await door.reset()
  await send(endpoint, describeParameters)
  await door.close()
  expect(seen).toEqual(['state', {}, {}, 'stop', 'state', {}, 'stop'])
})

test('a compressed input is read after its signature', async () => {
  const seen: unknown[] = []
  const { endpoint } = await startDoor({ services: [ssm(seen)] })
  const headers = { ...target('DescribeParameters'), 'Content-Encoding': 'gzip' }
  await send(endpoint, { method: 'POST', headers, body: gzipSync('{"MaxResults":7}') })
  expect(seen).toEqual(['state', { MaxResults: 7 }])
  const broken = await send(endpoint, { method: 'POST', headers, body: 'x' })
  expect([broken.status, JSON.parse(broken.body).__type]).toEqual([400, 'SerializationException'])
})

describe('pages', () => {
  test.each([
    'http://localhost:3000',
    'https://app.localhost',
    'http://127.0.0.1:5173',
    'null',
    'https://mine.test',
  ])('of %s may call', async origin => {
    const { endpoint } = await startDoor({ services: [ssm()], door: { origins: ['https://mine.test'] } })
    const asked = {
      Origin: origin,
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'x-amz-target,authorization',
    }
    const preflight = await send(endpoint, { method: 'OPTIONS', headers: asked })
    expect([
      preflight.status,
      preflight.headers['access-control-allow-origin'],
      preflight.headers['access-control-allow-headers'],
    ]).toEqual([200, origin, 'x-amz-target,authorization'])
    const answer = await send(endpoint, {
      ...describeParameters,
      headers: { ...describeParameters.headers, Origin: origin },
    })
    expect(answer.status).toBe(200)
    expect(answer.headers['access-control-allow-origin']).toBe(origin)
    expect(answer.headers['access-control-expose-headers']).toBe('x-amzn-RequestId,Content-Type')
  })

  test('of other origins may not, and other hosts are not ours', async () => {
    const seen: unknown[] = []
    const { endpoint } = await startDoor({ services: [ssm(seen)] })
    const Origin = 'https://evil.test'
    expect((await send(endpoint, { method: 'OPTIONS', headers: { Origin } })).status).toBe(403)
    const answer = await send(endpoint, {
      ...describeParameters,
      headers: { ...describeParameters.headers, Origin },
    })
    expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([403, undefined])
    expect(
      (
        await send(endpoint, {
          ...describeParameters,
          headers: { ...describeParameters.headers, Host: 'evil.test' },
        })
      ).status,
    ).toBe(403)
    expect(seen).toEqual([])
  })
})

test('admin and the gateway answer their own paths', async () => {
  const { endpoint } = await startDoor({
    services: [],
    door: {
      admin: {
        owns: rawUrl => rawUrl.startsWith('/_lambdarium/'),
        handle: ({ method, body }) =>
          Promise.resolve({
            status: 200,
            headers: { 'content-type': 'text/plain' },
            body: `${method} ${Buffer.from(body).toString()}`,
          }),
      },
      restApis: (_request, response) => void response.status(201).send('gateway'),
    },
  })
  expect(await send(endpoint, { method: 'POST', path: '/_lambdarium/reset', body: 'x' })).toMatchObject({
    status: 200,
    body: 'POST x',
  })
  expect(await send(endpoint, { method: 'OPTIONS', path: '/restapis/a/dev/_user_request_' })).toMatchObject({
    status: 201,
  })
  expect(await send(endpoint, { path: '/restapis/a/dev/_user_request_/x?y=1' })).toMatchObject({
    status: 201,
    body: 'gateway',
  })
})

test('a body that is too large, and one that nobody reads', async () => {
  const { endpoint } = await startDoor({ services: [ssm()], door: { maxBody: 1000 } })
  const answer = await send(endpoint, { ...describeParameters, body: ' '.repeat(2000) })
  expect([answer.status, JSON.parse(answer.body).__type]).toEqual([413, 'RequestEntityTooLargeException'])
  const unread = await send(endpoint, { method: 'PUT', path: '/bucket/key', body: 'x'.repeat(3_000_000) })
  expect(unread.body).toContain('<Code>NotImplemented</Code>')
})

test('every call leaves a record', async () => {
  const journal = memoryJournal()
  const { endpoint } = await startDoor({ services: [ssm()], door: { journal } })
  const { headers } = await send(endpoint, { ...describeParameters, body: '{"MaxResults":1}' })
  expect(headers['x-lambdarium-trace']).toBe('trace-1')
  expect(journal.entries).toEqual([
    {
      id: 'trace-1',
      subject: {
        service: 'ssm',
        operation: 'DescribeParameters',
        method: 'POST',
        path: '/',
        requestId: '00000000-0000-4000-8000-000000000001',
      },
      stages: [
        { name: 'principal', detail: 'arn:aws:iam::000000000000:root' },
        { name: 'input', detail: { MaxResults: 1 } },
      ],
      outcome: { status: 200 },
    },
  ])
})

test.each(['on', 'off'] as const)('objects stream in and out, signed in chunks, auth %s', async auth => {
  const objects = new Map<string, Buffer>()
  const s3 = defineService({
    id: 's3',
    createState: () => objects,
    operations: {
      PutObject: async ({ state }, { Key, Body }: { Key: string; Body: Readable }) => {
        state.set(Key, Buffer.concat(await Body.toArray()))
        return { ETag: '"e"' }
      },
      GetObject: ({ state }, { Key }: { Key: string }) => {
        const bytes = state.get(Key)
        if (bytes === undefined)
          throw new AwsError('NoSuchKey', 'The specified key does not exist.', { detail: { Key } })
        const halves = [bytes.subarray(0, bytes.length / 2), bytes.subarray(bytes.length / 2)]
        return { Body: Readable.from(halves), ContentLength: bytes.length, Metadata: { name: 'Köln' } }
      },
    },
  })
  const journal = memoryJournal()
  const started = await startDoor({
    services: [s3],
    door: {
      journal,
      authenticator: {
        authenticate: request => identity.authenticator.authenticate({ ...request, now: Date.now() }),
      },
    },
  })
  const { store, clock, ids, log } = started.environment
  const credentials = [{ accessKeyId: 'test', secretAccessKey: 'test', account: '000000000000' }]
  const identity = createIdentity({ store, clock, ids, log, credentials, account: '000000000000', auth })
  const client = new S3Client(started.clientConfig())
  const content = Buffer.alloc(300_000, 'päylöad')
  const Body = Readable.from([content.subarray(0, 100_000), content.subarray(100_000)])
  await client.send(new PutObjectCommand({ Bucket: 'b', Key: 'a/ü', Body, ContentLength: content.length }))
  expect(objects.get('a/ü')?.equals(content)).toBe(true)
  expect(journal.entries[0]?.stages[1]?.detail).toMatchObject({ Key: 'a/ü', Body: '(stream)' })
  const answer = await client.send(new GetObjectCommand({ Bucket: 'b', Key: 'a/ü' }))
  expect(Buffer.from((await answer.Body?.transformToByteArray()) ?? []).equals(content)).toBe(true)
  expect(answer.Metadata).toEqual({ name: '=?UTF-8?Q?K=C3=B6ln?=' })
  await expect(client.send(new GetObjectCommand({ Bucket: 'b', Key: 'none' }))).rejects.toMatchObject({
    name: 'NoSuchKey',
    Key: 'none',
    $metadata: { httpStatusCode: 404 },
  })
})
