import { afterAll, beforeAll, expect, test } from 'vitest'
import { defineService } from '../../../src/aws/index.ts'
import { openDoor, type StartedDoor } from '../../support/aws-door.ts'

let started: StartedDoor
const faults: string[] = []

beforeAll(async () => {
  const answer = () => ({})
  const services = Object.entries({
    dynamodb: ['PutItem', 'Query', 'BatchWriteItem'],
    lambda: ['CreateFunction', 'Invoke'],
    s3: ['PutBucketLifecycleConfiguration', 'DeleteObjects', 'PutObject', 'ListObjectsV2'],
    sns: ['Publish', 'Subscribe'],
    sqs: ['SendMessage'],
    cloudwatch: ['PutMetricData'],
  }).map(([id, names]) =>
    defineService({
      id,
      createState: () => ({}),
      operations: Object.fromEntries(names.map(name => [name, answer])),
    }),
  )
  const error = (fields: object, message: string) =>
    void faults.push(`${message}: ${String((fields as { err: unknown }).err)}`)
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error }
  started = await openDoor({ services, log })
})
afterAll(async () => {
  await started.door.close()
  expect(faults).toEqual([])
})

interface Way {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** A good body, to be broken. */
  readonly sample: string
}

const scope = (service: string) => ({
  Authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=00`,
})
const form = { 'Content-Type': 'application/x-www-form-urlencoded' }
const ways: Readonly<Record<string, Way>> = {
  awsJson: {
    method: 'POST',
    path: '/',
    headers: { 'X-Amz-Target': 'DynamoDB_20120810.PutItem', 'Content-Type': 'application/x-amz-json-1.0' },
    sample:
      '{"TableName":"abc","Item":{"a":{"M":{"b":{"L":[{"N":"1"},{"B":"AAAA"},{"BOOL":true}]}}}},"ReturnValues":"NONE"}',
  },
  restJson: {
    method: 'POST',
    path: '/2015-03-31/functions',
    headers: scope('lambda'),
    sample:
      '{"FunctionName":"f","Role":"arn:aws:iam::000000000000:role/r","Code":{"ZipFile":"AAAA"},"Timeout":3,"Environment":{"Variables":{"AB":"b"}}}',
  },
  restXml: {
    method: 'PUT',
    path: '/bucket?lifecycle',
    headers: {},
    sample:
      '<LifecycleConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Rule><ID>&lt;a&#x41;</ID><Status>Enabled</Status><Expiration><Days>1</Days></Expiration></Rule></LifecycleConfiguration>',
  },
  awsQuery: {
    method: 'POST',
    path: '/',
    headers: { ...scope('sns'), ...form },
    sample:
      'Action=Publish&Version=2010-03-31&Message=a&TopicArn=b&MessageAttributes.entry.1.Name=n&MessageAttributes.entry.1.Value.DataType=String',
  },
  sqsQuery: {
    method: 'POST',
    path: '/000000000000/q',
    headers: { ...scope('sqs'), ...form },
    sample:
      'Action=SendMessage&MessageBody=a&DelaySeconds=1&MessageAttribute.1.Name=n&MessageAttribute.1.Value.DataType=String',
  },
  rpcv2Cbor: {
    method: 'POST',
    path: '/service/GraniteServiceVersion20100801/operation/PutMetricData',
    headers: { 'smithy-protocol': 'rpc-v2-cbor', 'Content-Type': 'application/cbor' },
    // {"Namespace":"a","MetricData":[{"MetricName":"m","Value":1.5}]}
    sample:
      '\xa2\x69Namespace\x61a\x6aMetricData\x81\xa2\x6aMetricName\x61m\x65Value\xfb\x3f\xf8\0\0\0\0\0\0',
  },
}

/** A generator with a seed, so that a failure can be made again. */
function randomly(seed: number): (below: number) => number {
  let state = seed
  return below => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

async function send(
  way: Way,
  body: Uint8Array,
  extra: Readonly<Record<string, string>> = {},
): Promise<{ status: number; text: string; type: string }> {
  const response = await fetch(started.endpoint + way.path, {
    method: way.method,
    headers: { ...way.headers, ...extra },
    body: body as Uint8Array<ArrayBuffer>,
  })
  return {
    status: response.status,
    text: await response.text(),
    type: response.headers.get('content-type') ?? '',
  }
}

/** Broken bodies get an error of AWS's shape; now and then a mutation is harmless. */
function expectAwsShape(name: string, answer: { status: number; text: string; type: string }): void {
  if (answer.status < 300) return
  expect(answer.status).toBeGreaterThanOrEqual(400)
  expect(answer.status).toBeLessThan(500)
  if (name === 'awsJson')
    expect(JSON.parse(answer.text)).toMatchObject({ __type: expect.stringMatching(/^com\.amazon/) })
  else if (name === 'restJson') expect(answer.type).toBe('application/json')
  else if (name === 'rpcv2Cbor') expect(answer.text).toContain('__type')
  else expect(answer.text).toMatch(/<Error><Code>\w+<\/Code>|<Error><Type>\w+<\/Type><Code>\w+<\/Code>/)
}

test.each(Object.entries(ways))('%s: the sample is good', async (_name, way) => {
  expect((await send(way, Buffer.from(way.sample, 'latin1'))).status).toBeLessThan(300)
})

test.each(Object.entries(ways))('%s: random bytes, changed bytes and cut bodies', async (name, way) => {
  const random = randomly(7)
  for (let round = 0; round < 120; round++) {
    const bytes = Buffer.from(way.sample, 'latin1')
    const kind = round % 3
    const body =
      kind === 0
        ? Buffer.from(Array.from({ length: random(300) }, () => random(256)))
        : kind === 1
          ? bytes.subarray(0, random(bytes.length))
          : bytes
    if (kind === 2)
      for (let change = 0; change <= random(4); change++) bytes[random(bytes.length)] = random(256)
    expectAwsShape(name, await send(way, body))
  }
})

const wrong = [
  'null',
  'true',
  '-1e400',
  '"x"',
  '[]',
  '{}',
  '[[[]]]',
  '{"a":1}',
  '1.5',
  '""',
  '{"__proto__":{"S":"x"}}',
]

test.each(['awsJson', 'restJson'])('%s: wrong types everywhere', async name => {
  const way = ways[name]
  if (way === undefined) throw new Error(name)
  const sample = JSON.parse(way.sample) as object
  const paths: string[][] = []
  const walk = (value: unknown, path: string[]): void => {
    if (path.length > 0) paths.push(path)
    if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) walk(inner, [...path, key])
  }
  walk(sample, [])
  for (const path of paths) {
    for (const value of wrong) {
      const text = JSON.stringify(replaced(sample, path))
        .replace('"\\u0001"', value)
        .replace('"\u0001"', value)
      expectAwsShape(name, await send(way, Buffer.from(text)))
    }
  }
})

const wrongTexts = [
  '',
  ' ',
  'x',
  '-1',
  '1e400',
  'true',
  '9223372036854775808',
  '\0',
  '\ufffe',
  '💥',
  'null',
  '%',
]

test.each(['restXml', 'awsQuery', 'sqsQuery'])('%s: wrong texts everywhere', async name => {
  const way = ways[name]
  if (way === undefined) throw new Error(name)
  const pattern = name === 'restXml' ? />[^<]+</g : /=[^&]*/g
  const places = [...way.sample.matchAll(pattern)]
  for (const place of places)
    for (const text of [...wrongTexts, '<a/>', '<Days>1</Days>']) {
      const written = name === 'restXml' ? `>${text}<` : `=${encodeURIComponent(text)}`
      const at = place.index
      const body = way.sample.slice(0, at) + written + way.sample.slice(at + place[0].length)
      const answer = await send(way, Buffer.from(body))
      // A query service that is not found by its Action answers in the words of the one that the signature names.
      expectAwsShape(name, answer)
    }
})

test.each([
  ['restXml', {}, '/bucket?list-type=2&max-keys=', 'application/xml'],
  ['restXml', {}, '/bucket?list-type=2&fetch-owner=', 'application/xml'],
  ['restJson', scope('lambda'), '/2015-03-31/functions/f/invocations?Qualifier=', 'application/json'],
] as const)('%s: wrong texts in the query string (%#)', async (_name, headers, path, type) => {
  const method = path.includes('invocations') ? 'POST' : 'GET'
  for (const text of wrongTexts) {
    const response = await fetch(started.endpoint + path + encodeURIComponent(text), { method, headers })
    const body = await response.text()
    expect([200, 202, 204, 400]).toContain(response.status)
    if (response.status === 400) expect([response.headers.get('content-type'), body]).toEqual([type, body])
  }
})

test('wrong texts in headers that have a type', async () => {
  for (const name of ['if-modified-since', 'x-amz-object-lock-retain-until-date', 'content-length-range'])
    for (const text of ['', 'x', '-1', '1e400', 'true']) {
      const response = await fetch(`${started.endpoint}/bucket/key`, {
        method: 'PUT',
        headers: { [name]: text },
        body: 'x',
      })
      await response.arrayBuffer()
      expect([200, 400]).toContain(response.status)
    }
})

test('headers beyond all measure are refused before any service sees them', async () => {
  const response = await fetch(`${started.endpoint}/`, { headers: { 'x-junk': 'x'.repeat(200_000) } })
  await response.arrayBuffer()
  expect(response.status).toBe(431)
})

function replaced(value: unknown, path: readonly string[]): unknown {
  const [first, ...rest] = path
  if (first === undefined) return '\u0001'
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string, unknown>
  copy[first] = replaced(copy[first], rest)
  return copy
}

test('deep and exploding documents', async () => {
  const deep = 200_000
  const { awsJson, restXml, awsQuery, rpcv2Cbor } = ways
  if (awsJson === undefined || restXml === undefined || awsQuery === undefined || rpcv2Cbor === undefined)
    throw new Error('ways')
  const json = `{"TableName":"abc","Item":{"a":${'{"L":['.repeat(deep)}${']}'.repeat(deep)}}}`
  expect(JSON.parse((await send(awsJson, Buffer.from(json))).text)).toEqual({
    __type: 'com.amazon.coral.service#SerializationException',
    Message: 'The request is nested too deeply',
  })
  const bomb = `<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><LifecycleConfiguration>&b;</LifecycleConfiguration>`
  for (const body of [
    bomb,
    '<a>'.repeat(deep),
    '<LifecycleConfiguration>&#x0;</LifecycleConfiguration>',
    '',
  ]) {
    const answer = await send(restXml, Buffer.from(body))
    if (body !== '') expect(answer.text).toContain('<Code>MalformedXML</Code>')
  }
  const query = `Action=Publish&${'a.'.repeat(deep)}=1`
  expect((await send(awsQuery, Buffer.from(query))).text).toContain('<Code>MalformedInput</Code>')
  const cbor = Buffer.alloc(deep, 0x81)
  expect((await send(rpcv2Cbor, cbor)).status).toBe(400)
})

test('wild headers, paths and targets', async () => {
  const random = randomly(3)
  for (let round = 0; round < 150; round++) {
    const junk = Array.from({ length: random(40) }, () => String.fromCharCode(33 + random(90))).join('')
    const path = `/${encodeURI(junk)
      .replaceAll('#', '')
      .replaceAll('%', round % 2 === 0 ? '%' : '%25')}`
    const headers = {
      'X-Amz-Target': round % 3 === 0 ? junk : 'DynamoDB_20120810.PutItem',
      Authorization: round % 5 === 0 ? junk : 'AWS4-HMAC-SHA256 Credential=/////, Signature=',
    }
    const method = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'HEAD'][round % 6] ?? 'GET'
    const response = await fetch(started.endpoint + path, {
      method,
      headers: round % 2 === 0 ? headers : { Authorization: headers.Authorization },
      ...(method === 'GET' || method === 'HEAD' ? {} : { body: junk }),
    })
    await response.arrayBuffer()
    expect([200, 204, 400, 404, 405, 501]).toContain(response.status)
  }
})
