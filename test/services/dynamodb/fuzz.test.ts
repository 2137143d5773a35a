import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { dynamodb, dynamodbstreams } from '../../../src/services/dynamodb/index.ts'
import { openStore, type Store } from '../../../src/stores/index.ts'
import { startDoor } from '../../support/aws-door.ts'
import { type DynamoDbRequest, dynamoDbRequests } from '../../support/dynamodb-requests/index.ts'
import { canRunPostgres, type PostgresServer, startPostgres } from '../../unit/stores/postgres-server.ts'

/** More rounds, other seeds: FUZZ_ROUNDS=20000 FUZZ_SEED=7 npx vitest run test/services/dynamodb/fuzz.test.ts */
const rounds = Number(process.env['FUZZ_ROUNDS'] ?? 500)
const seed = Number(process.env['FUZZ_SEED'] ?? 1)

const hasPostgres = canRunPostgres()
let server: PostgresServer | undefined

beforeAll(() => {
  if (hasPostgres) server = startPostgres()
})
afterAll(() => server?.stop())

const key = (...names: string[]) =>
  names.map((AttributeName, at) => ({ AttributeName, KeyType: at === 0 ? 'HASH' : 'RANGE' }))
const defined = (types: Record<string, string>) =>
  Object.entries(types).map(([AttributeName, AttributeType]) => ({ AttributeName, AttributeType }))

const tables = [
  { TableName: 'Plain', KeySchema: key('k'), AttributeDefinitions: defined({ k: 'S' }) },
  {
    TableName: 'Rich',
    KeySchema: key('k', 's'),
    AttributeDefinitions: defined({ k: 'S', s: 'N', g: 'S', h: 'N', l: 'S' }),
    LocalSecondaryIndexes: [
      { IndexName: 'by-l', KeySchema: key('k', 'l'), Projection: { ProjectionType: 'KEYS_ONLY' } },
    ],
    GlobalSecondaryIndexes: [
      { IndexName: 'by-g', KeySchema: key('g', 'h'), Projection: { ProjectionType: 'ALL' } },
      {
        IndexName: 'by-h',
        KeySchema: key('h'),
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['a'] },
      },
    ],
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
  },
  { TableName: 'Bytes', KeySchema: key('k', 's'), AttributeDefinitions: defined({ k: 'B', s: 'S' }) },
]

/** One engine behind a door, with its tables. */
async function start(store: Store) {
  const { endpoint } = await startDoor({ services: [dynamodb, dynamodbstreams], store })
  const send = async ({ operation, body }: DynamoDbRequest, api = 'DynamoDB_20120810'): Promise<string> => {
    const response = await fetch(endpoint, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `${api}.${operation}`,
      },
    })
    return `${response.status} ${await response.text()}`
  }
  for (const table of tables) {
    const made = await send({
      operation: 'CreateTable',
      body: JSON.stringify({ ...table, BillingMode: 'PAY_PER_REQUEST' }),
    })
    expect(made).toMatch(/^200 /)
  }
  return send
}

type Send = Awaited<ReturnType<typeof start>>
type Row = Record<string, Record<string, unknown>>

async function ask(send: Send, operation: string, input: object, api?: string) {
  const answer = await send({ operation, body: JSON.stringify(input) }, api)
  expect(answer).toMatch(/^200 /)
  return JSON.parse(answer.slice(4))
}

async function all(send: Send, input: object): Promise<Row[]> {
  const rows: Row[] = []
  for (let page = await ask(send, 'Scan', input); ; ) {
    rows.push(...page.Items)
    if (page.LastEvaluatedKey === undefined) return rows
    page = await ask(send, 'Scan', { ...input, ExclusiveStartKey: page.LastEvaluatedKey })
  }
}

const keyOf = ({ k, s }: Row) => JSON.stringify([k, s])
const sorted = (rows: Iterable<Row>) =>
  [...rows].map(row => [keyOf(row), row] as const).sort(([a], [b]) => (a < b ? -1 : 1))

/** What is left when all is done: the stream tells of every item, and indexes have what they should. */
async function checkState(send: Send): Promise<void> {
  const items = await all(send, { TableName: 'Rich' })
  expect(items.length).toBeGreaterThan(3)
  const byG = items.filter(({ g, h }) => g !== undefined && h !== undefined)
  expect(sorted(await all(send, { TableName: 'Rich', IndexName: 'by-g' }))).toEqual(sorted(byG))
  const byH = items
    .filter(({ h }) => h !== undefined)
    .map(({ k, s, h, a }) => JSON.parse(JSON.stringify({ k, s, h, a })))
  expect(sorted(await all(send, { TableName: 'Rich', IndexName: 'by-h' }))).toEqual(sorted(byH))

  const streams = 'DynamoDBStreams_20120810'
  const { Table } = await ask(send, 'DescribeTable', { TableName: 'Rich' })
  const { StreamDescription } = await ask(
    send,
    'DescribeStream',
    { StreamArn: Table.LatestStreamArn },
    streams,
  )
  const told = new Map<string, Row>()
  for (const { ShardId } of StreamDescription.Shards) {
    const from = { StreamArn: Table.LatestStreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' }
    let { ShardIterator } = await ask(send, 'GetShardIterator', from, streams)
    for (;;) {
      const page = await ask(send, 'GetRecords', { ShardIterator }, streams)
      if (page.Records.length === 0) break
      for (const { dynamodb } of page.Records) {
        expect(dynamodb.OldImage).toEqual(told.get(keyOf(dynamodb.Keys)))
        if (dynamodb.NewImage === undefined) told.delete(keyOf(dynamodb.Keys))
        else told.set(keyOf(dynamodb.Keys), dynamodb.NewImage)
      }
      ShardIterator = page.NextShardIterator
    }
  }
  expect(sorted(told.values())).toEqual(sorted(items))
}

test('whatever is asked, every engine answers, and all answer the same', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'lambdarium-fuzz-'))
  const stores = [
    await openStore({ kind: 'memory' }),
    await openStore({ kind: 'lmdb', directory }),
    ...(server === undefined ? [] : [await openStore({ kind: 'postgres', url: server.url })]),
  ]
  onTestFinished(async () => {
    for (const store of stores) await store.close()
    rmSync(directory, { recursive: true })
  })
  const engines = await Promise.all(stores.map(start))
  const statuses = new Map<string, number>()
  const requests = dynamoDbRequests(seed)
  for (let round = 0; round < rounds; round++) {
    const request = requests.next().value
    const [first = '', ...others] = await Promise.all(engines.map(send => send(request)))
    const status = first.slice(0, 3)
    statuses.set(status, (statuses.get(status) ?? 0) + 1)
    if (status !== '200' && status !== '400') expect.fail(`${JSON.stringify(request)}: ${first}`)
    for (const other of others)
      if (other !== first) expect.soft(other, `round ${round}: ${JSON.stringify(request)}`).toBe(first)
  }
  // Nearly right requests are no use if hardly any of them is.
  expect((statuses.get('200') ?? 0) / rounds).toBeGreaterThan(0.2)
  for (const send of engines) await checkState(send)
}, 600_000)
