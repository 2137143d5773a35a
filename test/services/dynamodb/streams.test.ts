import {
  CreateTableCommand,
  DynamoDBClient,
  PutItemCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb'
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
} from '@aws-sdk/client-dynamodb-streams'
import { expect, onTestFinished, test } from 'vitest'
import { dynamodb, dynamodbstreams } from '../../../src/services/dynamodb/index.ts'
import { startDoor } from '../../support/aws-door.ts'
import { createManualClock } from '../../support/manual-clock.ts'

const hour = 60 * 60 * 1000

test('a stream is kept a day: its records, and itself once it was switched off', async () => {
  const clock = createManualClock()
  const door = await startDoor({ services: [dynamodb, dynamodbstreams], clock })
  const [client, streams] = [
    new DynamoDBClient(door.clientConfig()),
    new DynamoDBStreamsClient(door.clientConfig()),
  ]
  onTestFinished(() => {
    client.destroy()
    streams.destroy()
  })
  const StreamSpecification = { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' as const }
  await client.send(
    new CreateTableCommand({
      TableName: 'Log',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      StreamSpecification,
    }),
  )
  const put = (n: number) =>
    client.send(new PutItemCommand({ TableName: 'Log', Item: { id: { S: 'a' }, n: { N: String(n) } } }))
  const list = async () =>
    ((await streams.send(new ListStreamsCommand({}))).Streams ?? []).map(one => one.StreamArn)
  const [StreamArn] = await list()
  const read = async (from: object): Promise<{ numbers: string[]; sequences: string[] }> => {
    const found: { numbers: string[]; sequences: string[] } = { numbers: [], sequences: [] }
    const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }))
    for (const { ShardId } of StreamDescription?.Shards ?? []) {
      const start = { StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' as const, ...from }
      const { ShardIterator } = await streams.send(new GetShardIteratorCommand(start))
      const { Records = [] } = await streams.send(new GetRecordsCommand({ ShardIterator }))
      found.numbers.push(...Records.map(one => one.dynamodb?.NewImage?.['n']?.N ?? ''))
      found.sequences.push(...Records.map(one => one.dynamodb?.SequenceNumber ?? ''))
    }
    return found
  }
  await put(1)
  await put(1)
  clock.move(20 * hour)
  await put(2)
  const all = await read({})
  expect(all.numbers).toEqual(['1', '2'])
  clock.move(5 * hour)
  expect((await read({})).numbers).toEqual(['2'])
  await expect(
    read({ ShardIteratorType: 'AT_SEQUENCE_NUMBER', SequenceNumber: all.sequences[0] }),
  ).rejects.toMatchObject({ name: 'TrimmedDataAccessException' })

  await client.send(
    new UpdateTableCommand({ TableName: 'Log', StreamSpecification: { StreamEnabled: false } }),
  )
  clock.move(1)
  await client.send(new UpdateTableCommand({ TableName: 'Log', StreamSpecification }))
  const both = await list()
  expect([both.length, both[0], both[1] === StreamArn]).toEqual([2, StreamArn, false])
  expect((await read({})).numbers).toEqual(['2'])
  clock.move(25 * hour)
  expect(await list()).toEqual([both[1]])
  await expect(read({})).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})

test('pages of streams have their largest size', async () => {
  const door = await startDoor({ services: [dynamodb, dynamodbstreams] })
  const streams = new DynamoDBStreamsClient(door.clientConfig())
  onTestFinished(() => streams.destroy())
  const refused = (given: number, most: number) => ({
    name: 'ValidationException',
    message: `1 validation error detected: Value '${given}' at 'limit' failed to satisfy constraint: Member must have value less than or equal to ${most}`,
  })
  const StreamArn = 'arn:aws:dynamodb:us-east-1:000000000000:table/Log/stream/2026-01-01T00:00:00.000'
  await expect(
    streams.send(new GetRecordsCommand({ ShardIterator: `${StreamArn}|1|e30=`, Limit: 1001 })),
  ).rejects.toMatchObject(refused(1001, 1000))
  await expect(streams.send(new DescribeStreamCommand({ StreamArn, Limit: 101 }))).rejects.toMatchObject(
    refused(101, 100),
  )
  await expect(streams.send(new ListStreamsCommand({ Limit: 101 }))).rejects.toMatchObject(refused(101, 100))
})

test('shards come in the order of their ids, are read from their first number on, and wrong questions are told', async () => {
  const door = await startDoor({ services: [dynamodb, dynamodbstreams] })
  const [client, streams] = [
    new DynamoDBClient(door.clientConfig()),
    new DynamoDBStreamsClient(door.clientConfig()),
  ]
  onTestFinished(() => {
    client.destroy()
    streams.destroy()
  })
  const { TableDescription } = await client.send(
    new CreateTableCommand({
      TableName: 'Log',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
    }),
  )
  const StreamArn = TableDescription?.LatestStreamArn ?? ''
  await client.send(new PutItemCommand({ TableName: 'Log', Item: { id: { S: 'a' } } }))
  const shardsAfter = async (ExclusiveStartShardId?: string) =>
    (await streams.send(new DescribeStreamCommand({ StreamArn, ExclusiveStartShardId }))).StreamDescription
      ?.Shards ?? []
  const shards = await shardsAfter()
  const ids = shards.map(({ ShardId = '' }) => ShardId)
  expect(ids).toEqual([...ids].sort())
  expect((await shardsAfter(ids[1])).map(({ ShardId }) => ShardId)).toEqual(ids.slice(2))
  expect(await shardsAfter('zzzzzzzzzzzzzzzzzzzzzzzzzzzz')).toEqual([])
  let found = 0
  for (const { ShardId, SequenceNumberRange } of shards) {
    const SequenceNumber = SequenceNumberRange?.StartingSequenceNumber
    const start = { StreamArn, ShardId, ShardIteratorType: 'AT_SEQUENCE_NUMBER' as const, SequenceNumber }
    const { ShardIterator } = await streams.send(new GetShardIteratorCommand(start))
    found += (await streams.send(new GetRecordsCommand({ ShardIterator }))).Records?.length ?? 0
  }
  expect(found).toBe(1)
  const ShardId = ids[0]
  const wrong = { StreamArn: 'a-stream-that-never-was-and-never-will-be', ShardId }
  const validation = { name: 'ValidationException' }
  for (const refused of [
    streams.send(new DescribeStreamCommand({ StreamArn: wrong.StreamArn })),
    streams.send(new GetShardIteratorCommand({ ...wrong, ShardIteratorType: 'LATEST' })),
    streams.send(new ListStreamsCommand({ ExclusiveStartStreamArn: wrong.StreamArn })),
  ])
    await expect(refused).rejects.toMatchObject({ ...validation, message: 'Invalid StreamArn' })
  const SequenceNumber = shards[0]?.SequenceNumberRange?.StartingSequenceNumber
  for (const refused of [
    streams.send(
      new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: 'LATEST', SequenceNumber }),
    ),
    streams.send(new DescribeStreamCommand({ StreamArn, ShardFilter: { Type: 'CHILD_SHARDS' } })),
    streams.send(new DescribeStreamCommand({ StreamArn, ShardFilter: { ShardId } })),
  ])
    await expect(refused).rejects.toMatchObject(validation)
})
