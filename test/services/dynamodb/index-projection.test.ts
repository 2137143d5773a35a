import {
  CreateTableCommand,
  DynamoDBClient,
  ExecuteStatementCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSimulator, type Simulator } from '../../../src/index.ts'

let simulator: Simulator
let client: DynamoDBClient

beforeAll(async () => {
  simulator = await createSimulator()
  client = new DynamoDBClient(simulator.clientConfig())
  await client.send(
    new CreateTableCommand({
      TableName: 'Media',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['owner', 'key', 'day', 'place'].map(AttributeName => ({
        AttributeName,
        AttributeType: 'S' as const,
      })),
      KeySchema: [
        { AttributeName: 'owner', KeyType: 'HASH' },
        { AttributeName: 'key', KeyType: 'RANGE' },
      ],
      LocalSecondaryIndexes: [
        {
          IndexName: 'by-day',
          KeySchema: [
            { AttributeName: 'owner', KeyType: 'HASH' },
            { AttributeName: 'day', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['title'] },
        },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-place',
          KeySchema: [{ AttributeName: 'place', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
    }),
  )
  const texts = { owner: 'ann', key: 'k', day: 'd', place: 'rome', title: 't', size: 'big' }
  const Item = Object.fromEntries(Object.entries(texts).map(([name, S]) => [name, { S }]))
  await client.send(new PutItemCommand({ TableName: 'Media', Item }))
})
afterAll(async () => {
  client.destroy()
  await simulator.stop()
})

const refused = (what: string) => ({ name: 'ValidationException', message: what })
const byDay: QueryCommandInput = {
  TableName: 'Media',
  IndexName: 'by-day',
  KeyConditionExpression: '#o = :o',
  ExpressionAttributeNames: { '#o': 'owner' },
  ExpressionAttributeValues: { ':o': { S: 'ann' } },
}
const byPlace: QueryCommandInput = {
  TableName: 'Media',
  IndexName: 'by-place',
  KeyConditionExpression: 'place = :p',
  ExpressionAttributeValues: { ':p': { S: 'rome' } },
}

test('a local index fetches what it does not project, and that is paid for', async () => {
  const { Items, ConsumedCapacity } = await client.send(
    new QueryCommand({
      ...byDay,
      ExpressionAttributeNames: { '#o': 'owner', '#s': 'size' },
      ProjectionExpression: '#s, title',
      ReturnConsumedCapacity: 'INDEXES',
    }),
  )
  expect(Items).toEqual([{ size: { S: 'big' }, title: { S: 't' } }])
  expect(ConsumedCapacity).toMatchObject({
    CapacityUnits: 1,
    Table: { CapacityUnits: 0.5 },
    LocalSecondaryIndexes: { 'by-day': { CapacityUnits: 0.5 } },
  })
  const scan = new ScanCommand({ TableName: 'Media', IndexName: 'by-day', AttributesToGet: ['size'] })
  expect((await client.send(scan)).Items).toEqual([{ size: { S: 'big' } }])
  const select = new ExecuteStatementCommand({
    Statement: `SELECT "size" FROM "Media"."by-day" WHERE "owner" = 'ann'`,
  })
  expect((await client.send(select)).Items).toEqual([{ size: { S: 'big' } }])
})

test('a global index refuses attributes that it does not project', async () => {
  const message =
    'One or more parameter values were invalid: Global secondary index by-place does not project [size, title]'
  await expect(
    client.send(
      new QueryCommand({
        ...byPlace,
        ProjectionExpression: 'title, #s, place',
        ExpressionAttributeNames: { '#s': 'size' },
      }),
    ),
  ).rejects.toMatchObject(refused(message))
  await expect(
    client.send(
      new ScanCommand({ TableName: 'Media', IndexName: 'by-place', AttributesToGet: ['title', 'size'] }),
    ),
  ).rejects.toMatchObject(refused(message))
  await expect(
    client.send(
      new ExecuteStatementCommand({
        Statement: `SELECT title, "size" FROM "Media"."by-place" WHERE place = 'rome'`,
      }),
    ),
  ).rejects.toMatchObject(refused(message))
})

test('a query over an index refuses a filter that the index cannot answer', async () => {
  const words = (index: string, name: string) =>
    refused(
      `One or more parameter values were invalid: Secondary index ${index} does not project one or more filter attributes: [${name}]`,
    )
  await expect(
    client.send(new QueryCommand({ ...byPlace, FilterExpression: 'attribute_exists(title)' })),
  ).rejects.toMatchObject(words('by-place', 'title'))
  await expect(
    client.send(
      new QueryCommand({
        ...byDay,
        FilterExpression: 'attribute_exists(#s)',
        ExpressionAttributeNames: { '#o': 'owner', '#s': 'size' },
      }),
    ),
  ).rejects.toMatchObject(words('by-day', 'size'))
  await expect(
    client.send(
      new ExecuteStatementCommand({
        Statement: `SELECT place FROM "Media"."by-place" WHERE place = 'rome' AND title = 't'`,
      }),
    ),
  ).rejects.toMatchObject(words('by-place', 'title'))
})

test('PartiQL has words of its own for indexes that cannot be read', async () => {
  const select = (from: string, ConsistentRead = false) =>
    client.send(new ExecuteStatementCommand({ Statement: `SELECT * FROM "Media".${from}`, ConsistentRead }))
  await expect(select('"none"')).rejects.toMatchObject(refused('The table does not have the specified index'))
  await expect(select('"by-place"', true)).rejects.toMatchObject(
    refused('Strongly consistent read is not supported on Global Secondary Indexes'),
  )
})

test("an index's key is bounded as a table's", async () => {
  const key = { owner: { S: 'bob' }, key: { S: 'k' } }
  const put = (name: string, length: number) =>
    client.send(
      new PutItemCommand({ TableName: 'Media', Item: { ...key, [name]: { S: 'x'.repeat(length) } } }),
    )
  await put('day', 1024)
  await put('place', 2048)
  await expect(put('day', 1025)).rejects.toMatchObject(
    refused(
      'One or more parameter values were invalid: Aggregated size of all range keys has exceeded the size limit of 1024 bytes',
    ),
  )
  await expect(put('place', 2049)).rejects.toMatchObject(
    refused(
      'One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 bytes',
    ),
  )
  await expect(
    client.send(
      new UpdateItemCommand({
        TableName: 'Media',
        Key: key,
        UpdateExpression: 'SET place = :p',
        ExpressionAttributeValues: { ':p': { S: 'x'.repeat(2049) } },
      }),
    ),
  ).rejects.toMatchObject(
    refused('The update expression attempted to update the secondary index key beyond allowed size limits'),
  )
})

test('ConditionalOperator joins two or more old conditions, or is refused', async () => {
  const key = { owner: { S: 'ann' }, key: { S: 'k' } }
  const none = refused('ConditionalOperator cannot be used without Filter or Expected')
  const one = refused('ConditionalOperator can only be used when Filter or Expected has two or more elements')
  const NULL = { ComparisonOperator: 'NULL' } as const
  const scan = { TableName: 'Media', ConditionalOperator: 'OR' } as const
  await expect(client.send(new ScanCommand(scan))).rejects.toMatchObject(none)
  await expect(client.send(new ScanCommand({ ...scan, ScanFilter: { a: NULL } }))).rejects.toMatchObject(one)
  const both = await client.send(
    new ScanCommand({ ...scan, ScanFilter: { a: NULL, title: NULL }, Select: 'COUNT' }),
  )
  expect(both.Count).toBe(2)
  await expect(client.send(new QueryCommand(scan))).rejects.toMatchObject(none)
  await expect(
    client.send(new PutItemCommand({ TableName: 'Media', Item: key, ConditionalOperator: 'AND' })),
  ).rejects.toMatchObject(none)
  await expect(
    client.send(
      new UpdateItemCommand({
        TableName: 'Media',
        Key: key,
        ConditionalOperator: 'AND',
        UpdateExpression: 'REMOVE title',
      }),
    ),
  ).rejects.toMatchObject(
    refused(
      'Can not use both expression and non-expression parameters in the same request: ' +
        'Non-expression parameters: {ConditionalOperator} Expression parameters: {UpdateExpression}',
    ),
  )
})
