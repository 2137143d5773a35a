import {
  CreateBackupCommand,
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  DynamoDBClient,
  ExecuteStatementCommand,
  PutItemCommand,
  RestoreTableFromBackupCommand,
  ScanCommand,
  TagResourceCommand,
  UpdateItemCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb'
import { expect, onTestFinished, test } from 'vitest'
import { dynamodb } from '../../../src/services/dynamodb/index.ts'
import { startDoor } from '../../support/aws-door.ts'

async function start(more: Partial<CreateTableCommandInput> = {}) {
  const door = await startDoor({ services: [dynamodb] })
  const client = new DynamoDBClient(door.clientConfig())
  onTestFinished(() => client.destroy())
  await client.send(
    new CreateTableCommand({
      TableName: 'Parks',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      ...more,
    }),
  )
  return client
}

const invalid = (message: string) => ({
  name: 'ValidationException',
  message: `One or more parameter values were invalid: ${message}`,
})
const text = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' as const })
const byTown = {
  IndexName: 'by-town',
  KeySchema: [{ AttributeName: 'town', KeyType: 'HASH' as const }],
  Projection: { ProjectionType: 'ALL' as const },
}

async function idsOf(client: DynamoDBClient, IndexName?: string): Promise<(string | undefined)[]> {
  const { Items = [] } = await client.send(
    new ScanCommand({ TableName: 'Parks', ...(IndexName !== undefined && { IndexName }) }),
  )
  return Items.map(item => item['id']?.S).sort()
}

test('an index that is added to a live table leaves out what does not fit it, until it is mended', async () => {
  const client = await start()
  const towns = {
    fits: { S: 'Ulm' },
    number: { N: '5' },
    long: { S: 'y'.repeat(2049) },
    empty: { S: '' },
  }
  for (const [id, town] of Object.entries(towns))
    await client.send(new PutItemCommand({ TableName: 'Parks', Item: { id: { S: id }, town } }))
  const add = (AttributeDefinitions: CreateTableCommandInput['AttributeDefinitions'], Create = byTown) =>
    client.send(
      new UpdateTableCommand({
        TableName: 'Parks',
        AttributeDefinitions,
        GlobalSecondaryIndexUpdates: [{ Create }],
      }),
    )
  // Unlike CreateTable, UpdateTable forgets definitions that no key needs.
  await add([text('id'), text('town'), text('unused')])
  const made = await client.send(new DescribeTableCommand({ TableName: 'Parks' }))
  expect(made.Table?.AttributeDefinitions).toEqual([text('id'), text('town')])
  expect(await idsOf(client, 'by-town')).toEqual(['fits'])
  const update = (id: string, UpdateExpression: string) =>
    client.send(
      new UpdateItemCommand({
        TableName: 'Parks',
        Key: { id: { S: id } },
        UpdateExpression,
        ExpressionAttributeValues: { ':v': { S: 'Bonn' } },
      }),
    )
  await update('long', 'SET note = :v')
  await update('number', 'SET note = :v')
  await update('number', 'SET town = :v')
  expect(await idsOf(client, 'by-town')).toEqual(['fits', 'number'])
  await expect(
    add([{ AttributeName: 'town', AttributeType: 'N' }], { ...byTown, IndexName: 'by-number' }),
  ).rejects.toMatchObject({ name: 'ValidationException' })
  const { Table } = await client.send(new DescribeTableCommand({ TableName: 'Parks' }))
  expect(Table?.GlobalSecondaryIndexes).toMatchObject([{ IndexName: 'by-town', ItemCount: 2 }])
})

test('a restoration is billed and indexed as it asks, and says what it came from', async () => {
  const client = await start({
    AttributeDefinitions: [text('id'), text('town')],
    GlobalSecondaryIndexes: [byTown],
  })
  const { BackupDetails } = await client.send(
    new CreateBackupCommand({ TableName: 'Parks', BackupName: 'all' }),
  )
  const restore = (more: object) =>
    client.send(
      new RestoreTableFromBackupCommand({
        BackupArn: BackupDetails?.BackupArn,
        TargetTableName: 'Gardens',
        ...more,
      }),
    )
  await expect(restore({ BillingModeOverride: 'PROVISIONED' })).rejects.toMatchObject(
    invalid('ProvisionedThroughput must be specified when BillingMode is PROVISIONED'),
  )
  await restore({
    BillingModeOverride: 'PROVISIONED',
    ProvisionedThroughputOverride: { ReadCapacityUnits: 3, WriteCapacityUnits: 4 },
    GlobalSecondaryIndexOverride: [],
  })
  const { Table } = await client.send(new DescribeTableCommand({ TableName: 'Gardens' }))
  expect(Table).toMatchObject({
    AttributeDefinitions: [text('id')],
    ProvisionedThroughput: { ReadCapacityUnits: 3, WriteCapacityUnits: 4 },
    RestoreSummary: {
      SourceBackupArn: BackupDetails?.BackupArn,
      SourceTableArn: 'arn:aws:dynamodb:us-east-1:000000000000:table/Parks',
      RestoreInProgress: false,
    },
  })
  expect([Table?.GlobalSecondaryIndexes, Table?.BillingModeSummary]).toEqual([undefined, undefined])
})

test('settings that change nothing here are shown again; replicas are refused by name', async () => {
  const client = await start()
  const change = (more: object) => client.send(new UpdateTableCommand({ TableName: 'Parks', ...more }))
  await change({
    OnDemandThroughput: { MaxReadRequestUnits: 5, MaxWriteRequestUnits: 6 },
    WarmThroughput: { ReadUnitsPerSecond: 13_000, WriteUnitsPerSecond: 5_000 },
    SSESpecification: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: 'alias/own' },
  })
  const { Table } = await client.send(new DescribeTableCommand({ TableName: 'Parks' }))
  expect(Table).toMatchObject({
    OnDemandThroughput: { MaxReadRequestUnits: 5, MaxWriteRequestUnits: 6 },
    WarmThroughput: { ReadUnitsPerSecond: 13_000, WriteUnitsPerSecond: 5_000, Status: 'ACTIVE' },
    SSEDescription: {
      Status: 'ENABLED',
      SSEType: 'KMS',
      KMSMasterKeyArn: 'arn:aws:kms:us-east-1:000000000000:alias/own',
    },
  })
  await expect(change({ ReplicaUpdates: [{ Create: { RegionName: 'eu-west-1' } }] })).rejects.toMatchObject({
    name: 'NotImplementedException',
    message: 'Lambdarium has no global tables: ReplicaUpdates',
  })
})

test('time to live is switched off by its own attribute only, and tags have their limits', async () => {
  const client = await start()
  const live = (AttributeName: string, Enabled: boolean) =>
    client.send(
      new UpdateTimeToLiveCommand({
        TableName: 'Parks',
        TimeToLiveSpecification: { AttributeName, Enabled },
      }),
    )
  await live('ends', true)
  await expect(live('other', false)).rejects.toMatchObject({
    name: 'ValidationException',
    message: 'TimeToLive is active on a different AttributeName: current AttributeName is ends',
  })
  const ResourceArn = 'arn:aws:dynamodb:us-east-1:000000000000:table/Parks'
  const tag = (keys: readonly string[]) =>
    client.send(new TagResourceCommand({ ResourceArn, Tags: keys.map(Key => ({ Key, Value: 'v' })) }))
  await expect(tag(['aws:own'])).rejects.toMatchObject({ name: 'ValidationException' })
  await expect(tag(Array.from({ length: 51 }, (_, at) => `k${at}`))).rejects.toMatchObject({
    name: 'ValidationException',
  })
})

test('a page of a statement is followed by pages of that statement only', async () => {
  const client = await start()
  for (const id of ['a', 'b', 'c'])
    await client.send(new PutItemCommand({ TableName: 'Parks', Item: { id: { S: id } } }))
  const page = (Statement: string, NextToken?: string) =>
    client.send(
      new ExecuteStatementCommand({ Statement, Limit: 2, ...(NextToken !== undefined && { NextToken }) }),
    )
  const statement = 'SELECT id FROM Parks'
  const { Items: first = [], NextToken = '' } = await page(statement)
  const wrong = { name: 'ValidationException', message: 'Invalid NextToken' }
  await expect(page('SELECT * FROM Parks', NextToken)).rejects.toMatchObject(wrong)
  const forged = Buffer.from('{"part":0,"after":{"id":5}}').toString('base64')
  await expect(page(statement, forged)).rejects.toMatchObject(wrong)
  const { Items: rest = [] } = await page(statement, NextToken)
  expect([...first, ...rest].map(item => item['id']?.S).sort()).toEqual(['a', 'b', 'c'])
})

test('what is provisioned says when it was raised and lowered', async () => {
  const units = (read: number, write: number) => ({
    ProvisionedThroughput: { ReadCapacityUnits: read, WriteCapacityUnits: write },
  })
  const client = await start({ BillingMode: 'PROVISIONED', ...units(5, 5) })
  for (const [read, write] of [
    [10, 5],
    [5, 5],
    [5, 4],
  ] as const)
    await client.send(new UpdateTableCommand({ TableName: 'Parks', ...units(read, write) }))
  const { Table } = await client.send(new DescribeTableCommand({ TableName: 'Parks' }))
  const now = new Date(Date.UTC(2026, 0, 1))
  expect(Table?.ProvisionedThroughput).toEqual({
    ReadCapacityUnits: 5,
    WriteCapacityUnits: 4,
    LastIncreaseDateTime: now,
    LastDecreaseDateTime: now,
    NumberOfDecreasesToday: 2,
  })
})
