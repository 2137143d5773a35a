import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  DynamoDBClient,
  ExecuteTransactionCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb'
import { DescribeStreamCommand, DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams'
import { expect, onTestFinished, test } from 'vitest'
import { dynamodb, dynamodbstreams } from '../../../src/services/dynamodb/index.ts'
import { startDoor } from '../../support/aws-door.ts'

/** Answers that LocalStack's tests recorded from AWS. */
async function start() {
  const door = await startDoor({ services: [dynamodb, dynamodbstreams] })
  const client = new DynamoDBClient(door.clientConfig())
  const streams = new DynamoDBStreamsClient(door.clientConfig())
  onTestFinished(() => {
    client.destroy()
    streams.destroy()
  })
  const create = async (more: Partial<CreateTableCommandInput>) => {
    const { TableDescription } = await client.send(
      new CreateTableCommand({
        TableName: 'Parks',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        ...more,
      }),
    )
    return TableDescription
  }
  return { client, streams, create }
}

const provisioned = (ReadCapacityUnits: number, WriteCapacityUnits: number) => ({
  ProvisionedThroughput: { ReadCapacityUnits, WriteCapacityUnits },
})
const onDemand = { BillingMode: 'PAY_PER_REQUEST' as const }

test.each([
  ['small provisioned', provisioned(5, 5), 1],
  ['large provisioned', provisioned(3000, 1000), 2],
  ['on-demand', onDemand, 4],
])('the stream of a %s table has a shard for each partition', async (_, billing, shards) => {
  const { streams, create } = await start()
  const table = await create({
    ...billing,
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' },
  })
  const { StreamDescription } = await streams.send(
    new DescribeStreamCommand({ StreamArn: table?.LatestStreamArn }),
  )
  expect(StreamDescription?.Shards).toHaveLength(shards)
})

test.each([
  [provisioned(5, 6), { ReadUnitsPerSecond: 5, WriteUnitsPerSecond: 6 }, undefined],
  [onDemand, { ReadUnitsPerSecond: 12_000, WriteUnitsPerSecond: 4000 }, undefined],
  [
    { ...provisioned(5, 5), WarmThroughput: { ReadUnitsPerSecond: 1000, WriteUnitsPerSecond: 1200 } },
    { ReadUnitsPerSecond: 1000, WriteUnitsPerSecond: 1200 },
    { ReadUnitsPerSecond: 1000, WriteUnitsPerSecond: 1200, Status: 'UPDATING' },
  ],
])('a table tells what it can do at once: %o', async (billing, warm, made) => {
  const { client, create } = await start()
  expect((await create(billing))?.WarmThroughput).toEqual(made)
  const { Table } = await client.send(new DescribeTableCommand({ TableName: 'Parks' }))
  expect(Table?.WarmThroughput).toEqual({ ...warm, Status: 'ACTIVE' })
})

test('a token is known again though members come in another order, and statements that write answer nothing', async () => {
  const { client, create } = await start()
  await create(onDemand)
  const put = (Item: Record<string, { readonly S: string }>) =>
    client.send(
      new TransactWriteItemsCommand({
        ClientRequestToken: 'token',
        TransactItems: [{ Put: { TableName: 'Parks', Item } }],
      }),
    )
  await put({ id: { S: 'a' }, town: { S: 'Ulm' } })
  await put({ town: { S: 'Ulm' }, id: { S: 'a' } })
  await expect(put({ id: { S: 'a' }, town: { S: 'Bonn' } })).rejects.toMatchObject({
    name: 'IdempotentParameterMismatchException',
  })
  const Statement = "INSERT INTO Parks VALUE {'id': 'b'}"
  const { Responses } = await client.send(
    new ExecuteTransactionCommand({ TransactStatements: [{ Statement }] }),
  )
  expect(Responses).toEqual([])
})
