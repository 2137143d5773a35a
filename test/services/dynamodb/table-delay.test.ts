import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  QueryCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb'
import { expect, onTestFinished, test } from 'vitest'
import { createSimulator } from '../../../src/index.ts'

const rides = {
  BillingMode: 'PAY_PER_REQUEST' as const,
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' as const }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' as const }],
}

const byFerry = {
  IndexName: 'by-ferry',
  KeySchema: [{ AttributeName: 'ferry', KeyType: 'HASH' as const }],
  Projection: { ProjectionType: 'ALL' as const },
}

test("tables that take their time are CREATING, UPDATING and DELETING by the simulator's clock", async () => {
  const simulator = await createSimulator({ dynamodb: { tableDelay: 60_000 } })
  onTestFinished(() => simulator.stop())
  const client = new DynamoDBClient(simulator.clientConfig())
  onTestFinished(() => client.destroy())
  const status = async (): Promise<unknown> => {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: 'Rides' }))
    const indexes = (Table?.GlobalSecondaryIndexes ?? []).map(index => [
      index.IndexName,
      index.IndexStatus,
      index.Backfilling,
    ])
    return [Table?.TableStatus, ...indexes]
  }
  const get = new GetItemCommand({ TableName: 'Rides', Key: { id: { S: '1' } } })
  const remove = new DeleteTableCommand({ TableName: 'Rides' })
  const inUse = (activity: string) => ({
    name: 'ResourceInUseException',
    message: `Attempt to change a resource which is still in use: Table is being ${activity}: Rides`,
  })

  const create = new CreateTableCommand({ TableName: 'Rides', ...rides })
  const { TableDescription } = await client.send(create)
  expect(TableDescription?.TableStatus).toBe('CREATING')
  expect(await status()).toEqual(['CREATING'])
  await expect(client.send(get)).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  await expect(client.send(remove)).rejects.toMatchObject(inUse('created'))
  await expect(client.send(create)).rejects.toMatchObject({
    name: 'ResourceInUseException',
    message: 'Table already exists: Rides',
  })
  await simulator.clock.advance({ minutes: 1 })
  expect(await status()).toEqual(['ACTIVE'])
  await client.send(
    new PutItemCommand({ TableName: 'Rides', Item: { id: { S: '1' }, ferry: { S: 'north' } } }),
  )

  const update = new UpdateTableCommand({
    TableName: 'Rides',
    AttributeDefinitions: [{ AttributeName: 'ferry', AttributeType: 'S' }],
    GlobalSecondaryIndexUpdates: [{ Create: byFerry }],
  })
  await client.send(update)
  expect(await status()).toEqual(['UPDATING', ['by-ferry', 'CREATING', true]])
  await expect(client.send(update)).rejects.toMatchObject(inUse('updated'))
  // The table itself goes on working.
  expect((await client.send(get)).Item).toEqual({ id: { S: '1' }, ferry: { S: 'north' } })
  const query = new QueryCommand({
    TableName: 'Rides',
    IndexName: 'by-ferry',
    KeyConditionExpression: 'ferry = :f',
    ExpressionAttributeValues: { ':f': { S: 'north' } },
  })
  await expect(client.send(query)).rejects.toMatchObject({
    name: 'ValidationException',
    message: 'Cannot read from backfilling global secondary index: by-ferry',
  })
  await simulator.clock.advance({ minutes: 1 })
  expect(await status()).toEqual(['ACTIVE', ['by-ferry', 'ACTIVE', undefined]])
  expect((await client.send(query)).Count).toBe(1)

  await client.send(remove)
  expect(await status()).toEqual(['DELETING', ['by-ferry', 'DELETING', undefined]])
  await expect(client.send(get)).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  await expect(client.send(remove)).rejects.toMatchObject(inUse('deleted'))
  expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual(['Rides'])
  await simulator.clock.advance({ minutes: 1 })
  await expect(status()).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual([])

  // A table made again under the name begins empty.
  await client.send(create)
  await simulator.clock.advance({ minutes: 1 })
  expect((await client.send(get)).Item).toBeUndefined()
})
