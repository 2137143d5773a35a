import {
  CreateBackupCommand,
  CreateTableCommand,
  DeleteBackupCommand,
  DeleteItemCommand,
  DescribeContinuousBackupsCommand,
  DescribeEndpointsCommand,
  DescribeLimitsCommand,
  DynamoDBClient,
  GetResourcePolicyCommand,
  ListBackupsCommand,
  PutItemCommand,
  PutResourcePolicyCommand,
  RestoreTableFromBackupCommand,
  RestoreTableToPointInTimeCommand,
  ScanCommand,
  UpdateContinuousBackupsCommand,
} from '@aws-sdk/client-dynamodb'
import { expect, onTestFinished, test } from 'vitest'
import { dynamodb } from '../../../src/services/dynamodb/index.ts'
import { startDoor } from '../../support/aws-door.ts'
import { createManualClock } from '../../support/manual-clock.ts'

async function start() {
  const clock = createManualClock()
  const door = await startDoor({ services: [dynamodb], clock })
  const client = new DynamoDBClient(door.clientConfig())
  onTestFinished(() => client.destroy())
  const { TableDescription } = await client.send(
    new CreateTableCommand({
      TableName: 'Logs',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    }),
  )
  const put = (id: string, value: string) =>
    client.send(new PutItemCommand({ TableName: 'Logs', Item: { id: { S: id }, value: { S: value } } }))
  const items = async (TableName: string) =>
    Object.fromEntries(
      ((await client.send(new ScanCommand({ TableName }))).Items ?? []).map(item => [
        item['id']?.S,
        item['value']?.S,
      ]),
    )
  return { clock, client, put, items, arn: TableDescription?.TableArn ?? '' }
}

test('a backup keeps what was there, whatever becomes of the table', async () => {
  const { client, put, items } = await start()
  await put('a', '1')
  const { BackupDetails } = await client.send(
    new CreateBackupCommand({ TableName: 'Logs', BackupName: 'first' }),
  )
  await put('a', '2')
  await put('b', '2')
  const restore = { BackupArn: BackupDetails?.BackupArn, TargetTableName: 'Restored' }
  await client.send(new RestoreTableFromBackupCommand(restore))
  expect([await items('Logs'), await items('Restored')]).toEqual([{ a: '2', b: '2' }, { a: '1' }])
  await expect(client.send(new RestoreTableFromBackupCommand(restore))).rejects.toMatchObject({
    name: 'TableAlreadyExistsException',
  })
  const listed = await client.send(new ListBackupsCommand({ TableName: 'Logs' }))
  expect(listed.BackupSummaries?.map(one => [one.BackupName, one.BackupSizeBytes, one.BackupStatus])).toEqual(
    [['first', 9, 'AVAILABLE']],
  )
  await client.send(new DeleteBackupCommand({ BackupArn: BackupDetails?.BackupArn }))
  expect((await client.send(new ListBackupsCommand({}))).BackupSummaries).toEqual([])
})

test('a table is restored to what it was at any moment since recovery was switched on', async () => {
  const { clock, client, put, items } = await start()
  const restore = (TargetTableName: string, RestoreDateTime: Date) =>
    client.send(
      new RestoreTableToPointInTimeCommand({ SourceTableName: 'Logs', TargetTableName, RestoreDateTime }),
    )
  await put('a', '0')
  await expect(restore('Early', new Date(clock.now()))).rejects.toMatchObject({
    name: 'PointInTimeRecoveryUnavailableException',
  })
  await client.send(
    new UpdateContinuousBackupsCommand({
      TableName: 'Logs',
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    }),
  )
  clock.move(1000)
  await put('a', '1')
  await put('b', '1')
  const middle = new Date(clock.now())
  clock.move(1000)
  await put('a', '2')
  await put('a', '3')
  await client.send(new DeleteItemCommand({ TableName: 'Logs', Key: { id: { S: 'b' } } }))
  await put('c', '2')
  await restore('Middle', middle)
  await restore('Start', new Date(middle.getTime() - 1000))
  expect([await items('Logs'), await items('Middle'), await items('Start')]).toEqual([
    { a: '3', c: '2' },
    { a: '1', b: '1' },
    { a: '0' },
  ])
  const { ContinuousBackupsDescription: described } = await client.send(
    new DescribeContinuousBackupsCommand({ TableName: 'Logs' }),
  )
  expect(described?.PointInTimeRecoveryDescription).toEqual({
    PointInTimeRecoveryStatus: 'ENABLED',
    RecoveryPeriodInDays: 35,
    EarliestRestorableDateTime: new Date(middle.getTime() - 1000),
    LatestRestorableDateTime: new Date(clock.now()),
  })
})

test('policies of resources, limits and endpoints', async () => {
  const { client, arn } = await start()
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: 'dynamodb:GetItem', Resource: arn }],
  })
  await expect(client.send(new GetResourcePolicyCommand({ ResourceArn: arn }))).rejects.toMatchObject({
    name: 'PolicyNotFoundException',
  })
  const { RevisionId } = await client.send(new PutResourcePolicyCommand({ ResourceArn: arn, Policy }))
  expect(await client.send(new GetResourcePolicyCommand({ ResourceArn: arn }))).toMatchObject({
    Policy,
    RevisionId,
  })
  expect(await client.send(new DescribeLimitsCommand({}))).toMatchObject({
    TableMaxReadCapacityUnits: 40_000,
  })
  const { Endpoints } = await client.send(new DescribeEndpointsCommand({}))
  expect(Endpoints?.[0]?.Address).toMatch(/^127\.0\.0\.1:\d+$/)
})
