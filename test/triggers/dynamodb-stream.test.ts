import { readFile } from 'node:fs/promises'
import {
  DescribeTableCommand,
  DynamoDBClient,
  PutItemCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb'
import {
  CreateEventSourceMappingCommand,
  GetEventSourceMappingCommand,
  LambdaClient,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda'
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { expect, onTestFinished, test } from 'vitest'
import { createSimulator, type SimulatorOptions } from '../../src/index.ts'
import { temporaryProject } from '../support/temporary-project.ts'

/** Writes each event as a line into a file beside itself, then does what the items say. */
const handler = `
import { appendFileSync } from 'node:fs'
export const handler = async event => {
  appendFileSync(process.env.EVENTS, JSON.stringify(event) + '\\n')
  const poison = (event.Records ?? []).filter(record => record.dynamodb.NewImage?.poison)
  if (process.env.REPORT && poison.length) return { batchItemFailures: poison.map(record => ({ itemIdentifier: record.dynamodb.SequenceNumber })) }
  if (poison.length) throw new Error('poison')
  return { state: { count: (event.state?.count ?? 0) + (event.Records ?? []).length } }
}
`

const tables = {
  Rides: {
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  },
}

async function start(
  trigger: object,
  environment: Record<string, string> = {},
  options: SimulatorOptions = {},
) {
  const { directory: project, remove } = temporaryProject({ 'handlers/seen.mjs': handler })
  onTestFinished(remove)
  const events = `${project}/events.jsonl`
  const open = async () =>
    createSimulator({
      project,
      resources: { tables },
      functions: { seen: { environment: { EVENTS: events, ...environment } } },
      triggers: [{ table: 'Rides', function: 'seen', ...trigger }],
      ...options,
    } as SimulatorOptions)
  const simulator = await open()
  onTestFinished(() => simulator.stop())
  const client = new DynamoDBClient(simulator.clientConfig())
  onTestFinished(() => client.destroy())
  return {
    project,
    simulator,
    client,
    put: (id: string, rest: object = {}) =>
      client.send(new PutItemCommand({ TableName: 'Rides', Item: { id: { S: id }, ...rest } })),
    // biome-ignore lint/suspicious/noExplicitAny: events are whatever was delivered
    seen: async (): Promise<any[]> =>
      (await readFile(events, 'utf8').catch(() => ''))
        .split('\n')
        .filter(line => line !== '')
        .map(line => JSON.parse(line)),
  }
}

const ids = (events: { Records: { dynamodb: { Keys: { id: { S: string } } } }[] }[]) =>
  events.map(event => event.Records.map(record => record.dynamodb.Keys.id.S))

test('a record reaches its function as AWS writes it, key order included', async () => {
  const { simulator, put, seen } = await start({})
  await put('a', { raw: { B: Uint8Array.of(1, 2, 255) } })
  await simulator.idle()
  const [event] = await seen()
  expect(event).toEqual({
    Records: [
      {
        eventID: expect.stringMatching(/^[0-9a-f]{32}$/),
        eventName: 'INSERT',
        eventVersion: '1.1',
        eventSource: 'aws:dynamodb',
        awsRegion: 'us-east-1',
        dynamodb: {
          ApproximateCreationDateTime: expect.any(Number),
          Keys: { id: { S: 'a' } },
          NewImage: { id: { S: 'a' }, raw: { B: 'AQL/' } },
          SequenceNumber: expect.stringMatching(/^\d{21}$/),
          SizeBytes: 12,
          StreamViewType: 'NEW_AND_OLD_IMAGES',
        },
        eventSourceARN: expect.stringMatching(
          /^arn:aws:dynamodb:us-east-1:000000000000:table\/Rides\/stream\/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}$/,
        ),
      },
    ],
  })
  const [record] = event.Records
  expect(Object.keys(record)).toEqual(
    'eventID eventName eventVersion eventSource awsRegion dynamodb eventSourceARN'.split(' '),
  )
  expect(Object.keys(record.dynamodb)).toEqual(
    'ApproximateCreationDateTime Keys NewImage SequenceNumber SizeBytes StreamViewType'.split(' '),
  )
  expect(simulator.journal.records().some(one => one.subject['source'] === 'aws:dynamodb')).toBe(true)
})

test('filters pass over what does not match', async () => {
  const filters = [{ eventName: ['INSERT'], dynamodb: { NewImage: { size: { N: [{ prefix: '4' }] } } } }]
  const { simulator, put, seen } = await start({ filters })
  await put('a', { size: { N: '42' } })
  await put('a', { size: { N: '43' } })
  await put('b', { size: { N: '7' } })
  await put('c', { size: { N: '4' } })
  await simulator.idle()
  expect(
    ids(await seen())
      .flat()
      .sort(),
  ).toEqual(['a', 'c'])
})

test('a failing batch is halved until the poison stands alone, and is given up', async () => {
  // Items of one partition key share a shard, so one item's versions are one batch.
  const { simulator, put, seen } = await start({
    bisectBatchOnFunctionError: true,
    maximumRetryAttempts: 0,
    maximumBatchingWindowInSeconds: 1,
  })
  for (const [n, more] of [
    [1, {}],
    [2, { poison: { BOOL: true } }],
    [3, {}],
    [4, {}],
  ] as const)
    await put('a', { n: { N: String(n) }, ...more })
  await simulator.clock.advance({ minutes: 5 })
  const numbers = (await seen()).map(event =>
    event.Records.map(
      (record: { dynamodb: { NewImage: { n: { N: string } } } }) => record.dynamodb.NewImage.n.N,
    ).join(''),
  )
  expect(numbers).toEqual(['1234', '12', '1', '2', '34'])
})

test('reported items are tried again from the first of them', async () => {
  const { simulator, put, seen } = await start(
    { reportBatchItemFailures: true, maximumRetryAttempts: 1, maximumBatchingWindowInSeconds: 1 },
    { REPORT: '1' },
  )
  for (const [n, more] of [
    [1, {}],
    [2, { poison: { BOOL: true } }],
    [3, {}],
  ] as const)
    await put('a', { n: { N: String(n) }, ...more })
  await simulator.clock.advance({ minutes: 5 })
  const numbers = (await seen()).map(event =>
    event.Records.map(
      (record: { dynamodb: { NewImage: { n: { N: string } } } }) => record.dynamodb.NewImage.n.N,
    ).join(''),
  )
  expect(numbers).toEqual(['123', '23'])
})

test('tumbling windows hand state on and end with a call of their own', async () => {
  const { simulator, put, seen } = await start({ tumblingWindowInSeconds: 60 })
  await simulator.clock.advance({ milliseconds: 60_000 - (simulator.clock.now() % 60_000) })
  await put('a', { n: { N: '1' } })
  await simulator.idle()
  await put('a', { n: { N: '2' } })
  await simulator.idle()
  await simulator.clock.advance({ minutes: 2 })
  const events = await seen()
  expect(
    events.map(({ Records, state, isFinalInvokeForWindow, isWindowTerminatedEarly }) => ({
      records: Records.length,
      state,
      isFinalInvokeForWindow,
      isWindowTerminatedEarly,
    })),
  ).toEqual([
    { records: 1, state: {}, isFinalInvokeForWindow: false, isWindowTerminatedEarly: false },
    { records: 1, state: { count: 1 }, isFinalInvokeForWindow: false, isWindowTerminatedEarly: false },
    { records: 0, state: { count: 2 }, isFinalInvokeForWindow: true, isWindowTerminatedEarly: false },
  ])
  expect(Object.keys(events[0])).toEqual(
    'Records window state shardId eventSourceARN isFinalInvokeForWindow isWindowTerminatedEarly'.split(' '),
  )
  expect(events[0].window.start).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:00Z$/)
})

test('time to live removes items by the clock, and their records say who it was', async () => {
  const { simulator, client, put, seen } = await start({})
  await client.send(
    new UpdateTimeToLiveCommand({
      TableName: 'Rides',
      TimeToLiveSpecification: { Enabled: true, AttributeName: 'gone' },
    }),
  )
  await put('a', { gone: { N: String(Math.floor(simulator.clock.now() / 1000) + 3600) } })
  await put('b')
  await simulator.clock.advance({ minutes: 59 })
  expect((await seen()).flatMap(event => event.Records).length).toBe(2)
  await simulator.clock.advance({ minutes: 2 })
  const last = (await seen()).flatMap(event => event.Records).at(-1)
  expect([last.eventName, last.dynamodb.Keys, last.userIdentity]).toEqual([
    'REMOVE',
    { id: { S: 'a' } },
    { type: 'Service', principalId: 'dynamodb.amazonaws.com' },
  ])
  expect(Object.keys(last).slice(-2)).toEqual(['userIdentity', 'eventSourceARN'])
})

test('a restart goes on where the last run stopped', async () => {
  const first = await start({ startingPosition: 'TRIM_HORIZON' }, {}, { data: undefined } as SimulatorOptions)
  const data = `${first.project}/data`
  await first.simulator.stop()
  const options = {
    project: first.project,
    data,
    ephemeral: false,
    resources: { tables },
    functions: { seen: { environment: { EVENTS: `${first.project}/events.jsonl` } } },
    triggers: [{ table: 'Rides', function: 'seen', startingPosition: 'TRIM_HORIZON' }],
  } as SimulatorOptions
  for (const id of ['a', 'b', 'c']) {
    const simulator = await createSimulator(options)
    const client = new DynamoDBClient(simulator.clientConfig())
    await client.send(new PutItemCommand({ TableName: 'Rides', Item: { id: { S: id } } }))
    await simulator.idle()
    client.destroy()
    await simulator.stop()
  }
  expect(ids(await first.seen())).toEqual([['a'], ['b'], ['c']])
})

test('what is given up is reported into a bucket, with the event', async () => {
  const { simulator, put } = await start(
    { maximumRetryAttempts: 0, onFailure: 'arn:aws:s3:::given-up' },
    {},
    { resources: { tables, buckets: ['given-up'] } },
  )
  await put('1', { poison: { BOOL: true } })
  await simulator.idle()
  const s3 = new S3Client(simulator.clientConfig())
  onTestFinished(() => s3.destroy())
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: 'given-up' }))
  expect(Contents.map(({ Key }) => Key)).toEqual([
    expect.stringMatching(/^aws\/lambda\/[0-9a-f-]{36}\/shardId-\d{20}-[0-9a-f]{8}\/\d{4}\/\d\d\/\d\d\/.+$/),
  ])
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'given-up', Key: Contents[0]?.Key }))
  expect(JSON.parse((await Body?.transformToString()) ?? '')).toMatchObject({
    requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 1 },
    DDBStreamBatchInfo: { batchSize: 1 },
    payload: { Records: [{ eventName: 'INSERT', dynamodb: { Keys: { id: { S: '1' } } } }] },
  })
})

test('a mapping of the API: what it may not say, and how its last invocation went', async () => {
  const { simulator, client, put } = await start({})
  const lambda = new LambdaClient(simulator.clientConfig())
  onTestFinished(() => lambda.destroy())
  const { Table } = await client.send(new DescribeTableCommand({ TableName: 'Rides' }))
  const stream = Table?.LatestStreamArn ?? ''
  const create = (more: object) =>
    lambda.send(
      new CreateEventSourceMappingCommand({
        FunctionName: 'seen',
        EventSourceArn: stream,
        StartingPosition: 'TRIM_HORIZON',
        ...more,
      }),
    )
  const refused = { name: 'InvalidParameterValueException' }
  const missing = stream.replace('Rides', 'Walks')
  await expect(create({ EventSourceArn: missing })).rejects.toMatchObject({
    ...refused,
    message: `Stream not found: ${missing}`,
  })
  await expect(create({ MaximumRecordAgeInSeconds: 59 })).rejects.toMatchObject(refused)
  const filters = (pattern: string) => ({ FilterCriteria: { Filters: [{ Pattern: pattern }] } })
  const wrong = { ...refused, message: 'Invalid filter pattern definition.' }
  await expect(create(filters('{"eventName":[{"like":"x"}]}'))).rejects.toMatchObject(wrong)
  const { UUID } = await create({ MaximumRetryAttempts: 0 })
  await expect(
    lambda.send(new UpdateEventSourceMappingCommand({ UUID, ...filters('no JSON') })),
  ).rejects.toMatchObject(wrong)
  const last = async (): Promise<string | undefined> => {
    await simulator.idle()
    return (await lambda.send(new GetEventSourceMappingCommand({ UUID }))).LastProcessingResult
  }
  expect(await last()).toBe('No records processed')
  await put('a')
  expect(await last()).toBe('OK')
  await put('a', { poison: { BOOL: true } })
  expect(await last()).toBe('PROBLEM: Function call failed')
  const disabled = await lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: false }))
  expect(disabled).toMatchObject({
    State: 'Disabling',
    LastProcessingResult: 'PROBLEM: Function call failed',
  })
})
