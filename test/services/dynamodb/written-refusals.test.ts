import {
  CreateTableCommand,
  DynamoDBClient,
  PutItemCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSimulator, type Simulator } from '../../../src/index.ts'

/** What AWS refuses to write, as nubo-db/dynamodb-conformance recorded it. */
let simulator: Simulator
let client: DynamoDBClient

beforeAll(async () => {
  simulator = await createSimulator()
  client = new DynamoDBClient(simulator.clientConfig())
  await client.send(
    new CreateTableCommand({
      TableName: 'Rides',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['a', 'h'].map(AttributeName => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: [{ AttributeName: 'a', KeyType: 'HASH' }],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'byH',
          KeySchema: [{ AttributeName: 'h', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    }),
  )
})
afterAll(async () => {
  client.destroy()
  await simulator.stop()
})

const refused = (message: string) => ({ name: 'ValidationException', message })
const update = (more: Partial<UpdateItemCommandInput>) =>
  client.send(new UpdateItemCommand({ TableName: 'Rides', Key: { a: { S: 'update' } }, ...more }))

test('of a transaction only the first action that is wrong is told, and empty keys before all', async () => {
  const put = (a: { readonly S: string } | { readonly N: string }, ConditionExpression?: string) => ({
    Put: {
      TableName: 'Rides',
      Item: { a },
      ...(ConditionExpression !== undefined && { ConditionExpression }),
    },
  })
  const write = (...TransactItems: ReturnType<typeof put>[]) =>
    client.send(new TransactWriteItemsCommand({ TransactItems }))
  await expect(
    write(put({ N: '7' }), put({ N: '8' }), put({ S: 'none' }, 'attribute_exists(a)')),
  ).rejects.toMatchObject({
    CancellationReasons: [
      {
        Code: 'ValidationError',
        Message: 'One or more parameter values were invalid: Type mismatch for key a expected: S actual: N',
      },
      { Code: 'None' },
      { Code: 'None' },
    ],
  })
  await expect(write(put({ S: '' }))).rejects.toMatchObject(
    refused(
      'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: a',
    ),
  )
  await expect(
    client.send(new PutItemCommand({ TableName: 'Rides', Item: { a: { S: 'x' }, h: { S: '' } } })),
  ).rejects.toMatchObject({ name: 'ValidationException' })
  await expect(
    update({ UpdateExpression: 'SET h = :v', ExpressionAttributeValues: { ':v': { S: '' } } }),
  ).rejects.toMatchObject(
    refused(
      'One or more parameter values are not valid. The update expression attempted to update a secondary index key to a value that is not supported. The AttributeValue for a key attribute cannot contain an empty string value.',
    ),
  )
})

test('what may be put or written has 400 KB, and an update counts its clauses', async () => {
  const limit = 400 * 1024
  const text = (length: number) => ({ S: 'x'.repeat(length) })
  const put = (x: number) =>
    client.send(
      new TransactWriteItemsCommand({
        TransactItems: [{ Put: { TableName: 'Rides', Item: { a: { S: 'k' }, x: text(x) } } }],
      }),
    )
  // Two names and the key's value have three bytes.
  await put(limit - 3)
  await expect(put(limit - 2)).rejects.toMatchObject(
    refused('Item size has exceeded the maximum allowed size'),
  )
  const set = (x: number) =>
    update({
      Key: { a: { S: 'k' } },
      UpdateExpression: 'SET x = :x REMOVE y',
      ExpressionAttributeValues: { ':x': text(x) },
    })
  const cost = 3 + 19 + 2
  await set(limit - 1 - cost)
  await expect(set(limit - cost)).rejects.toMatchObject(
    refused('Item size to update has exceeded the maximum allowed size'),
  )
})
