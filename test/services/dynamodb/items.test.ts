import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import { expect, onTestFinished, test } from 'vitest'
import { dynamodb } from '../../../src/services/dynamodb/index.ts'
import { startDoor } from '../../support/aws-door.ts'

async function start(): Promise<DynamoDBClient> {
  const door = await startDoor({ services: [dynamodb] })
  const client = new DynamoDBClient(door.clientConfig())
  onTestFinished(() => client.destroy())
  await client.send(
    new CreateTableCommand({
      TableName: 'Sailings',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'route', AttributeType: 'S' },
        { AttributeName: 'departs', AttributeType: 'N' },
        { AttributeName: 'vessel', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'route', KeyType: 'HASH' },
        { AttributeName: 'departs', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'byVessel',
          KeySchema: [
            { AttributeName: 'vessel', KeyType: 'HASH' },
            { AttributeName: 'departs', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
    }),
  )
  return client
}

test('items are put, read, updated, queried, scanned and deleted', async () => {
  const client = await start()
  for (const [departs, vessel] of [
    [7, 'Linnet'],
    [-1, 'Linnet'],
    [12, 'Goose'],
    [100, 'Linnet'],
  ] as const) {
    await client.send(
      new PutItemCommand({
        TableName: 'Sailings',
        Item: {
          route: { S: 'SAL-VEN' },
          departs: { N: String(departs) },
          vessel: { S: vessel },
          raw: { B: Uint8Array.of(1, 0, 255) },
        },
      }),
    )
  }
  const key = { route: { S: 'SAL-VEN' }, departs: { N: '7.0' } }
  const got = await client.send(new GetItemCommand({ TableName: 'Sailings', Key: key }))
  expect(got.Item).toEqual({
    route: { S: 'SAL-VEN' },
    departs: { N: '7' },
    vessel: { S: 'Linnet' },
    raw: { B: Uint8Array.of(1, 0, 255) },
  })

  const updated = await client.send(
    new UpdateItemCommand({
      TableName: 'Sailings',
      Key: key,
      UpdateExpression: 'SET sold = if_not_exists(sold, :zero) + :n, vessel = :v',
      ExpressionAttributeValues: { ':zero': { N: '0' }, ':n': { N: '3' }, ':v': { S: 'Goose' } },
      ReturnValues: 'UPDATED_NEW',
    }),
  )
  expect(updated.Attributes).toEqual({ sold: { N: '3' }, vessel: { S: 'Goose' } })

  const query = await client.send(
    new QueryCommand({
      TableName: 'Sailings',
      KeyConditionExpression: 'route = :r AND departs BETWEEN :a AND :b',
      ExpressionAttributeValues: { ':r': { S: 'SAL-VEN' }, ':a': { N: '-1' }, ':b': { N: '12' } },
      ProjectionExpression: 'departs',
      Limit: 2,
    }),
  )
  expect(query.Items).toEqual([{ departs: { N: '-1' } }, { departs: { N: '7' } }])
  expect(query.LastEvaluatedKey).toEqual({ route: { S: 'SAL-VEN' }, departs: { N: '7' } })

  const byVessel = await client.send(
    new QueryCommand({
      TableName: 'Sailings',
      IndexName: 'byVessel',
      KeyConditionExpression: 'vessel = :v',
      ExpressionAttributeValues: { ':v': { S: 'Goose' } },
      ScanIndexForward: false,
    }),
  )
  expect(byVessel.Items).toEqual([
    { route: { S: 'SAL-VEN' }, departs: { N: '12' }, vessel: { S: 'Goose' } },
    { route: { S: 'SAL-VEN' }, departs: { N: '7' }, vessel: { S: 'Goose' } },
  ])

  await client.send(new DeleteItemCommand({ TableName: 'Sailings', Key: key }))
  const scan = await client.send(new ScanCommand({ TableName: 'Sailings', ProjectionExpression: 'departs' }))
  expect(scan).toMatchObject({
    Count: 3,
    ScannedCount: 3,
    Items: [{ departs: { N: '-1' } }, { departs: { N: '12' } }, { departs: { N: '100' } }],
  })
})

test('a condition that does not hold shows the item where asked', async () => {
  const client = await start()
  const Item = { route: { S: 'r' }, departs: { N: '1' } }
  await client.send(new PutItemCommand({ TableName: 'Sailings', Item }))
  const again = client.send(
    new PutItemCommand({
      TableName: 'Sailings',
      Item,
      ConditionExpression: 'attribute_not_exists (route)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    }),
  )
  await expect(again).rejects.toMatchObject({
    name: 'ConditionalCheckFailedException',
    message: 'The conditional request failed',
    Item,
  })
})

test('a request names each item once, however its key is written', async () => {
  const client = await start()
  const [key, turned, same, other] = [
    { route: { S: 'a' }, departs: { N: '1' } },
    { departs: { N: '1' }, route: { S: 'a' } },
    { route: { S: 'a' }, departs: { N: '1.0' } },
    { route: { S: 'a1:d' }, departs: { N: '1' } },
  ]
  const refused = (message: string) => ({ name: 'ValidationException', message })
  const twice = refused('Provided list of item keys contains duplicates')
  const get = (...Keys: (typeof key)[]) =>
    client.send(new BatchGetItemCommand({ RequestItems: { Sailings: { Keys } } }))
  await expect(get(key, turned)).rejects.toMatchObject(twice)
  await expect(get(key, same)).rejects.toMatchObject(twice)
  expect((await get(key, other)).Responses).toEqual({ Sailings: [] })
  const write = (put: typeof key, remove: typeof key) =>
    client.send(
      new BatchWriteItemCommand({
        RequestItems: { Sailings: [{ PutRequest: { Item: put } }, { DeleteRequest: { Key: remove } }] },
      }),
    )
  await expect(write(key, turned)).rejects.toMatchObject(twice)
  await write(key, other)
  const Put = { TableName: 'Sailings', Item: { ...key, vessel: { S: 'Linnet' } } }
  const transact = (Key: typeof key) =>
    client.send(
      new TransactWriteItemsCommand({ TransactItems: [{ Put }, { Delete: { TableName: 'Sailings', Key } }] }),
    )
  await expect(transact(same)).rejects.toMatchObject(
    refused('Transaction request cannot include multiple operations on one item'),
  )
  await transact(other)
  expect((await get(key, other)).Responses).toEqual({ Sailings: [Put.Item] })
})
