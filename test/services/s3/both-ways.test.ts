import { createHash, createHmac } from 'node:crypto'
import aws4 from 'aws4'
import { expect, onTestFinished, test } from 'vitest'
import { createIdentity } from '../../../src/aws/index.ts'
import { createS3 } from '../../../src/services/s3/index.ts'
import { openStore } from '../../../src/stores/index.ts'
import { startDoor } from '../../support/aws-door.ts'
import { createCountedIds } from '../../support/counted-ids.ts'
import { createManualClock } from '../../support/manual-clock.ts'
import { createRandom, type Random } from '../../support/random.ts'
import { createRawClient } from '../../support/raw-client.ts'

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
const host = 'localhost'

/** A door whose ids and time are the same each time, so that equal requests have equal answers. */
async function openTwin(now: number): Promise<number> {
  const [clock, ids, store] = [
    createManualClock(now),
    createCountedIds(),
    await openStore({ kind: 'memory' }),
  ]
  const credentials = ['test', 'stranger'].map((key, index) => ({
    accessKeyId: key,
    secretAccessKey: key,
    account: `00000000000${index}`,
  }))
  const identity = createIdentity({
    ...{ store, clock, ids, log: silent, credentials },
    account: '000000000000',
    auth: 'on',
  })
  const { door } = await startDoor({
    ...{ services: [createS3()], clock, store, ids },
    authenticator: identity.authenticator,
    authorizer: identity.authorizer,
  })
  return door.port
}

interface Asked {
  readonly method: string
  readonly path: string
  readonly headers: Record<string, string>
  readonly body: Buffer
  readonly version: '1.1' | '1.0'
}

const keys = ['a', 'a/b', 'a%20b', 'a+b', '%C3%BC', 'a//b', 'a/../b', '%2Fa', "it's(1)*", 'none']
const queries = ['', '', '', 'tagging', 'acl', 'versionId=null', 'versionId=x', 'partNumber=1', 'attributes']
const bucketQueries = [
  '',
  'list-type=2',
  'list-type=2&prefix=a%2F&delimiter=/',
  'versioning',
  'location',
  'acl',
]
const overrides = 'response-content-type=text%2Fplain&response-cache-control=no-cache'

function body(random: Random): Buffer {
  const size = random.pick([0, 0, 1, 10, 1024, 20_000, 64_000, 70_000])
  return Buffer.alloc(size, random.pick(['x', 'ab', '<a/>']))
}

/** Headers that say something of the body or of the object, right ones and wrong ones. */
function headersFor(random: Random, method: string, bytes: Buffer): Record<string, string> {
  const md5 = createHash('md5').update(bytes).digest()
  const sha256 = createHash('sha256').update(bytes).digest('base64')
  const headers: Record<string, string> = {}
  const some = (share: number, name: string, values: readonly string[]): void => {
    if (random.chance(share)) headers[name] = random.pick(values)
  }
  const date = new Date(Date.now() + random.pick([-86_400_000, 86_400_000])).toUTCString()
  some(0.2, 'If-Match', [`"${md5.toString('hex')}"`, '*', '"x"'])
  some(0.2, 'If-None-Match', [`"${md5.toString('hex')}"`, '*', 'x'])
  some(0.1, 'If-Modified-Since', [date, 'never'])
  some(0.1, 'If-Unmodified-Since', [date])
  if (method === 'GET' || method === 'HEAD') {
    some(0.3, 'Range', ['bytes=0-3', 'bytes=5-', 'bytes=-7', 'bytes=900000-', 'bytes=9-1', 'lines=1-2'])
    some(0.2, 'x-amz-checksum-mode', ['ENABLED'])
  } else {
    some(0.1, 'Content-MD5', [md5.toString('base64'), 'AAAAAAAAAAAAAAAAAAAAAA==', 'x'])
    some(0.1, 'x-amz-checksum-sha256', [sha256, createHash('sha256').digest('base64')])
    some(0.2, 'x-amz-meta-some_name', ['one', 'two words', '=?UTF-8?B?w7w=?='])
    some(0.1, 'x-amz-meta-name', [''])
    some(0.3, 'Content-Type', ['text/plain', 'application/xml; charset=utf-8'])
    some(0.1, 'Content-Disposition', ['attachment; filename="a"'])
    some(0.1, 'x-amz-acl', ['private', 'public-read', 'odd'])
    some(0.1, 'x-amz-tagging', ['a=b&c=d', 'a'])
    some(0.1, 'x-amz-copy-source', ['/bucket/a', 'bucket/none', 'x'])
  }
  some(0.1, 'x-amz-expected-bucket-owner', ['000000000000', '000000000001'])
  return headers
}

/** Signs in one of the ways that there are, or does not, or wrongly. */
function sign(random: Random, asked: Asked): Asked {
  const { method, path, headers, body: bytes } = asked
  const key = random.pick(['test', 'test', 'test', 'stranger', 'unknown'])
  const credentials = { accessKeyId: key, secretAccessKey: random.chance(0.9) ? key : 'wrong' }
  const request = { service: 's3', region: 'us-east-1', method, path, host, body: bytes }
  switch (random.pick(['header', 'header', 'header', 'query', 'query', 'old', 'none'] as const)) {
    case 'header': {
      const hash = random.pick([bytes, bytes, Buffer.from('other')])
      const sum = createHash('sha256').update(hash).digest('hex')
      const declared = random.pick([sum, sum, 'UNSIGNED-PAYLOAD', 'x'])
      const signed = aws4.sign(
        { ...request, headers: { ...headers, Host: host, 'X-Amz-Content-Sha256': declared } },
        credentials,
      )
      return { ...asked, headers: signed.headers as Record<string, string> }
    }
    case 'query': {
      const expires = `${path.includes('?') ? '&' : '?'}X-Amz-Expires=${random.pick(['3600', '3600', '0'])}`
      const signed = aws4.sign({ ...request, path: `${path}${expires}`, signQuery: true }, credentials)
      return { ...asked, path: signed.path ?? path, headers: { ...headers, Host: host } }
    }
    case 'old': {
      const date = new Date().toUTCString()
      const text = `${method}\n${headers['Content-MD5'] ?? ''}\n${headers['Content-Type'] ?? ''}\n${date}\n${path}`
      const signature = createHmac('sha1', credentials.secretAccessKey).update(text).digest('base64')
      const Authorization = `AWS ${credentials.accessKeyId}:${signature}`
      return { ...asked, headers: { ...headers, Host: host, Date: date, Authorization } }
    }
    default:
      return { ...asked, headers: { ...headers, Host: host } }
  }
}

function anything(random: Random): Asked {
  const ofBucket = random.chance(0.15)
  const method = random.pick(['GET', 'GET', 'HEAD', 'PUT', 'PUT', 'DELETE', 'POST'])
  const bytes = method === 'PUT' || method === 'POST' ? body(random) : Buffer.alloc(0)
  const bucket = random.chance(0.95) ? 'bucket' : 'missing'
  let query = random.pick(ofBucket ? bucketQueries : queries)
  if (method === 'GET' && random.chance(0.1)) query = overrides
  const path = `/${bucket}${ofBucket ? '' : `/${random.pick(keys)}`}${query === '' ? '' : `?${query}`}`
  const asked = sign(random, {
    ...{ method, path, body: bytes, headers: headersFor(random, method, bytes) },
    version: random.chance(0.05) ? '1.0' : '1.1',
  })
  const headers = { ...asked.headers }
  delete headers['Content-Length']
  if (bytes.length > 0 || random.chance(0.5)) headers['Content-Length'] = String(bytes.length)
  if (random.chance(0.1)) headers['Connection'] = random.pick(['close', 'keep-alive', 'Keep-Alive'])
  return { ...asked, headers }
}

function written({ method, path, headers, body: bytes, version }: Asked, more: readonly string[]): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  const head = [`${method} ${path} HTTP/${version}`, ...lines, ...more, '', ''].join('\r\n')
  return Buffer.concat([Buffer.from(head, 'latin1'), bytes])
}

/** How many requests of each kind of answer there were, so that a test sees that it asked for something. */
async function compareBoth(seed: number, count: number): Promise<Record<string, number>> {
  const random = createRandom(seed)
  const now = Date.now()
  const clients = [createRawClient(await openTwin(now)), createRawClient(await openTwin(now))] as const
  onTestFinished(() => {
    for (const client of clients) client.close()
  })
  const found: Record<string, number> = {}
  const ask = async (asked: Asked): Promise<void> => {
    // A header that the lane leaves to node:http, and that says nothing.
    const [quick, usual] = await Promise.all([
      clients[0].ask(asked.method, written(asked, [])),
      clients[1].ask(asked.method, written(asked, ['TE: trailers'])),
    ])
    const undated = ({ headers, ...rest }: typeof quick) => ({
      ...rest,
      headers: headers.filter(each => !each.startsWith('date: ')),
    })
    expect(undated(quick), written(asked, []).toString('latin1').slice(0, 3000)).toEqual(undated(usual))
    found[quick.status] = (found[quick.status] ?? 0) + 1
  }
  const root = { accessKeyId: 'test', secretAccessKey: 'test' }
  const made = aws4.sign({ service: 's3', method: 'PUT', path: '/bucket', host, body: '' }, root)
  await ask({
    ...{ method: 'PUT', path: '/bucket', version: '1.1', body: Buffer.alloc(0) },
    headers: made.headers as Record<string, string>,
  })
  for (let index = 0; index < count; index++) {
    if (random.chance(0.1)) for (const client of clients) client.close()
    await ask(anything(random))
  }
  return found
}

test('a request is answered alike with node:http and without', async () => {
  const found = await compareBoth(20_26, 600)
  expect(Object.keys(found)).toEqual(
    expect.arrayContaining(['200', '204', '206', '304', '400', '403', '404', '412']),
  )
}, 60_000)
