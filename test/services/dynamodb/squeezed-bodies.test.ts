import { type IncomingHttpHeaders, request } from 'node:http'
import { crc32, deflateSync, gunzipSync, gzipSync, inflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { dynamodb } from '../../../src/services/dynamodb/index.ts'
import { startDoor } from '../../support/aws-door.ts'

const definition = {
  TableName: 'Log',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
}

/** Bytes as they are: `fetch` and SDKs would pack and unpack. */
function sendBytes(
  endpoint: string,
  sent: string | Uint8Array,
  headers: Record<string, string>,
): Promise<{ readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Buffer }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(endpoint, { method: 'POST', headers }, response => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks),
        }),
      )
    })
    outgoing.on('error', reject)
    outgoing.end(sent)
  })
}

async function start() {
  const { endpoint } = await startDoor({ services: [dynamodb] })
  const ask = (operation: string, body: string | Uint8Array, headers: Record<string, string> = {}) =>
    sendBytes(endpoint, body, {
      'Content-Type': 'application/x-amz-json-1.0',
      'X-Amz-Target': `DynamoDB_20120810.${operation}`,
      ...headers,
    })
  await ask('CreateTable', JSON.stringify(definition))
  return ask
}

const item = (size: number): string =>
  JSON.stringify({ TableName: 'Log', Item: { id: { S: 'a' }, x: { S: 'x'.repeat(size) } } })
const get = JSON.stringify({ TableName: 'Log', Key: { id: { S: 'a' } } })

test.each([
  ['gzip', gzipSync],
  ['deflate', deflateSync],
] as const)('a request may come as %s, and must then be it', async (coding, squeeze) => {
  const ask = await start()
  const headers = { 'Content-Encoding': coding }
  expect((await ask('PutItem', squeeze(item(10)), headers)).status).toBe(200)
  for (const broken of [item(10), '', squeeze(item(10)).subarray(0, -1), squeeze(item(17 * 1024 * 1024))]) {
    const { status, body } = await ask('PutItem', broken, headers)
    expect([status, JSON.parse(body.toString()).__type]).toEqual([
      500,
      'com.amazonaws.dynamodb.v20120810#InternalServerError',
    ])
  }
  expect((await ask('PutItem', item(10), { 'Content-Encoding': 'garbage' })).status).toBe(500)
})

test('what is larger than 16 MB is not read', async () => {
  const ask = await start()
  const { status } = await ask('PutItem', `${item(10).slice(0, -1)}${' '.repeat(16 * 1024 * 1024)}}`)
  expect(status).toBe(413)
})

test.each([
  ['gzip, deflate', 'gzip'],
  ['br, identity, deflate, gzip', 'deflate'],
  ['GZIP;q=0.8, deflate;q=0.9', 'deflate'],
  ['*', 'gzip'],
  ['*, gzip;q=0.5', 'deflate'],
  ['gzip;q=0, gzip;q=1', 'gzip'],
  ['deflate;q=0.5,gzip;q=0.x', 'gzip'],
  ['gzip;q=31,deflate;q=51', 'gzip'],
  ['br', undefined],
  ['gzip ;q=0', undefined],
  ['br;q=0.8,*;q=0', undefined],
  ['identity', undefined],
])(
  'an answer of more than 4 KB to %s comes as %s, its checksum of what travels',
  async (accepted, coding) => {
    const ask = await start()
    const headers = { 'Accept-Encoding': accepted }
    await ask('PutItem', item(4096))
    const long = await ask('GetItem', get, headers)
    expect(long.headers['content-encoding']).toBe(coding)
    expect(long.headers['x-amz-crc32']).toBe(String(crc32(long.body)))
    const unpack = coding === 'gzip' ? gunzipSync : coding === 'deflate' ? inflateSync : Buffer.from
    expect(JSON.parse(unpack(long.body).toString()).Item.x.S).toHaveLength(4096)
    await ask('PutItem', item(4000))
    expect((await ask('GetItem', get, headers)).headers['content-encoding']).toBeUndefined()
  },
)
