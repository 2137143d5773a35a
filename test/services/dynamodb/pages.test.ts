import { hash } from 'node:crypto'
import {
  BatchWriteItemCommand,
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSimulator, type Simulator } from '../../../src/index.ts'

/** What a page holds and in which order, by rules that architect/dynalite's author found by trying on AWS. */
let simulator: Simulator
let client: DynamoDBClient

beforeAll(async () => {
  simulator = await createSimulator()
  client = new DynamoDBClient(simulator.clientConfig())
  for (const TableName of ['Letters', 'Parcels']) {
    await client.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: ['box', 'day', 'to'].map(AttributeName => ({
          AttributeName,
          AttributeType: 'S' as const,
        })),
        KeySchema: [
          { AttributeName: 'box', KeyType: 'HASH' },
          { AttributeName: 'day', KeyType: 'RANGE' },
        ],
        GlobalSecondaryIndexes: [
          {
            IndexName: 'by-to',
            KeySchema: [{ AttributeName: 'to', KeyType: 'HASH' }],
            Projection: { ProjectionType: 'KEYS_ONLY' },
          },
        ],
      }),
    )
  }
})
afterAll(async () => {
  client.destroy()
  await simulator.stop()
})

test('rows of an index whose keys are equal come in the order of the hash of their whole key', async () => {
  const places = ['p', 'q', 'r'].flatMap(box => ['1', '2', '3'].map(day => ({ box, day })))
  for (const { box, day } of places)
    await client.send(
      new PutItemCommand({
        TableName: 'Letters',
        Item: { box: { S: box }, day: { S: day }, to: { S: 'x' } },
      }),
    )
  const inOrder = places
    .map(({ box, day }) => ({ name: box + day, at: hash('md5', `Outliers${box}${day}`) }))
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .map(({ name }) => name)
  const query = new QueryCommand({
    TableName: 'Letters',
    IndexName: 'by-to',
    KeyConditionExpression: '#t = :x',
    ExpressionAttributeNames: { '#t': 'to' },
    ExpressionAttributeValues: { ':x': { S: 'x' } },
  })
  const { Items = [] } = await client.send(query)
  expect(Items.map(item => `${item['box']?.S}${item['day']?.S}`)).toEqual(inOrder)
  query.input.ScanIndexForward = false
  query.input.ExclusiveStartKey = Items[3]
  const { Items: before = [] } = await client.send(query)
  expect(before.map(item => `${item['box']?.S}${item['day']?.S}`)).toEqual(inOrder.slice(0, 3).reverse())
})

/** Twenty-five items that all but fill a page; the last has so many bytes more than 40,000. */
async function fill(box: string, attribute: string, last: number): Promise<void> {
  for (let day = 0; day < 25; day++) {
    const value = 'é'.repeat(20_000) + '"'.repeat(day === 24 ? last : 1_645)
    const Item = { box: { S: box }, day: { S: String(day).padStart(2, '0') }, [attribute]: { S: value } }
    await client.send(new PutItemCommand({ TableName: 'Parcels', Item }))
  }
}

test('a page is measured as items are stored: names count one byte, the sort key stands in every block', async () => {
  const count = async (box: string) => {
    const { Count, LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: 'Parcels',
        KeyConditionExpression: 'box = :b',
        ExpressionAttributeValues: { ':b': { S: box } },
        Select: 'COUNT',
      }),
    )
    return { count: Count, ends: LastEvaluatedKey === undefined }
  }
  // An item's two, five for its box, 41,649 for the value, 14 blocks of 18 and the sort key's two: 41,936 of 1,048,576.
  await fill('one', 'v', 1_820)
  expect(await count('one')).toEqual({ count: 25, ends: true })
  await fill('one', 'v', 1_821)
  expect(await count('one')).toEqual({ count: 25, ends: false })
  // By names and values these were more than a megabyte.
  await fill('two', 'n'.repeat(300), 1_645)
  expect(await count('two')).toEqual({ count: 25, ends: true })
})

test('the counts of a table are exact while it is small, and follow soon when it is large', async () => {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: 'Letters' }))
  expect(Table).toMatchObject({
    ItemCount: 9,
    GlobalSecondaryIndexes: [{ ItemCount: 9, IndexName: 'by-to' }],
  })
  for (let at = 0; at < 3_000; at += 25)
    await client.send(
      new BatchWriteItemCommand({
        RequestItems: {
          Letters: Array.from({ length: 25 }, (_, index) => ({
            PutRequest: { Item: { box: { S: 'many' }, day: { S: String(at + index).padStart(6, '0') } } },
          })),
        },
      }),
    )
  const { Table: large } = await client.send(new DescribeTableCommand({ TableName: 'Letters' }))
  const size = 3_000 * (3 + 4 + 3 + 6) + 9 * (3 + 1 + 3 + 1 + 2 + 1)
  expect(large).toMatchObject({ ItemCount: 3_009, TableSizeBytes: size })
  const { Count } = await client.send(new ScanCommand({ TableName: 'Letters', Select: 'COUNT' }))
  expect(Count).toBe(3_009)
})
