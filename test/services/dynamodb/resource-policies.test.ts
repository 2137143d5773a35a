import {
  CreateTableCommand,
  DeleteResourcePolicyCommand,
  DynamoDBClient,
  GetItemCommand,
  GetResourcePolicyCommand,
  PutItemCommand,
  PutResourcePolicyCommand,
  QueryCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb'
import { DescribeStreamCommand, DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams'
import { CreateAccessKeyCommand, CreateUserCommand } from '@aws-sdk/client-iam'
import { expect, test } from 'vitest'
import type { ServiceDefinition } from '../../../src/aws/index.ts'
import { dynamodb, dynamodbstreams } from '../../../src/services/dynamodb/index.ts'
import { startIdentityDoor } from '../iam/iam-door.ts'

const table = 'arn:aws:dynamodb:us-east-1:000000000000:table/rides'
const user = 'arn:aws:iam::000000000000:user/ada'

/** A table of the owner's, a user of the same account without any policy, and another account's root. */
async function start() {
  const door = await startIdentityDoor([dynamodb as ServiceDefinition, dynamodbstreams as ServiceDefinition])
  const config = door.started.clientConfig()
  const owner = new DynamoDBClient(config)
  const { TableDescription } = await owner.send(
    new CreateTableCommand({
      TableName: 'rides',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'rider', AttributeType: 'S' },
        { AttributeName: 'ferry', AttributeType: 'S' },
      ],
      KeySchema: [{ AttributeName: 'rider', KeyType: 'HASH' }],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-ferry',
          KeySchema: [{ AttributeName: 'ferry', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' },
    }),
  )
  await owner.send(
    new PutItemCommand({ TableName: 'rides', Item: { rider: { S: 'ada' }, ferry: { S: 'north' } } }),
  )
  const iam = door.iam()
  await iam.send(new CreateUserCommand({ UserName: 'ada' }))
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'ada' }))
  const ada = {
    accessKeyId: AccessKey?.AccessKeyId ?? '',
    secretAccessKey: AccessKey?.SecretAccessKey ?? '',
  }
  const other = { accessKeyId: 'other', secretAccessKey: 'secret' }
  return {
    owner,
    ada: new DynamoDBClient({ ...config, credentials: ada }),
    stranger: new DynamoDBClient({ ...config, credentials: other }),
    strangersStreams: new DynamoDBStreamsClient({ ...config, credentials: other }),
    streamArn: TableDescription?.LatestStreamArn ?? '',
    allow: (ResourceArn: string, ...Statement: object[]) =>
      owner.send(
        new PutResourcePolicyCommand({
          ResourceArn,
          Policy: JSON.stringify({ Version: '2012-10-17', Statement }),
        }),
      ),
  }
}

const get = (TableName = 'rides') => new GetItemCommand({ TableName, Key: { rider: { S: 'ada' } } })
const denied = { name: 'AccessDeniedException' }

test("a table's policy lets a user of the account do what no identity policy says, also on its indexes", async () => {
  const { owner, ada, allow } = await start()
  await expect(ada.send(get())).rejects.toMatchObject(denied)
  const { RevisionId } = await allow(
    table,
    { Effect: 'Allow', Principal: { AWS: user }, Action: 'dynamodb:GetItem', Resource: table },
    {
      Effect: 'Allow',
      Principal: { AWS: user },
      Action: 'dynamodb:Query',
      Resource: `${table}/index/by-ferry`,
    },
  )
  expect((await ada.send(get())).Item).toEqual({ rider: { S: 'ada' }, ferry: { S: 'north' } })
  const query = (IndexName?: string) =>
    new QueryCommand({
      TableName: 'rides',
      ...(IndexName === undefined ? {} : { IndexName }),
      KeyConditionExpression: IndexName === undefined ? 'rider = :v' : 'ferry = :v',
      ExpressionAttributeValues: { ':v': { S: 'north' } },
    })
  expect((await ada.send(query('by-ferry'))).Count).toBe(1)
  await expect(ada.send(query())).rejects.toMatchObject(denied)
  await expect(
    ada.send(new PutItemCommand({ TableName: 'rides', Item: { rider: { S: 'eve' } } })),
  ).rejects.toMatchObject(denied)
  expect((await owner.send(new GetResourcePolicyCommand({ ResourceArn: table }))).RevisionId).toBe(RevisionId)
  await owner.send(new DeleteResourcePolicyCommand({ ResourceArn: table }))
  await expect(ada.send(get())).rejects.toMatchObject(denied)
})

test("another account needs the table's policy, and is let in by it", async () => {
  const { stranger, allow } = await start()
  await expect(stranger.send(get(table))).rejects.toMatchObject(denied)
  await allow(table, {
    Effect: 'Allow',
    Principal: { AWS: '111111111111' },
    Action: ['dynamodb:GetItem', 'dynamodb:PutItem'],
    Resource: table,
  })
  expect((await stranger.send(get(table))).Item).toEqual({ rider: { S: 'ada' }, ferry: { S: 'north' } })
  const put = (rider: string) => ({ Put: { TableName: table, Item: { rider: { S: rider } } } })
  await stranger.send(new TransactWriteItemsCommand({ TransactItems: [put('eve')] }))
  const remove = { Delete: { TableName: table, Key: { rider: { S: 'eve' } } } }
  await expect(
    stranger.send(new TransactWriteItemsCommand({ TransactItems: [remove] })),
  ).rejects.toMatchObject(denied)
  // Its own tables are its own: there is none of that name.
  await expect(stranger.send(get())).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})

test("a stream has a policy of its own; the table's is not the stream's", async () => {
  const { strangersStreams, owner, streamArn, allow } = await start()
  const describe = new DescribeStreamCommand({ StreamArn: streamArn })
  const statement = (Resource: string) => ({
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::111111111111:root' },
    Action: 'dynamodb:DescribeStream',
    Resource,
  })
  await allow(table, statement(streamArn))
  await expect(strangersStreams.send(describe)).rejects.toMatchObject(denied)
  await allow(streamArn, statement(streamArn))
  expect((await strangersStreams.send(describe)).StreamDescription?.TableName).toBe('rides')
  const { Policy } = await owner.send(new GetResourcePolicyCommand({ ResourceArn: streamArn }))
  expect(JSON.parse(Policy ?? '')).toMatchObject({ Statement: [statement(streamArn)] })
})

test('revisions: the same document is the same revision, an unexpected one is refused', async () => {
  const { owner, allow } = await start()
  const statement = { Effect: 'Deny', Principal: '*', Action: 'dynamodb:Scan', Resource: table }
  const { RevisionId } = await allow(table, statement)
  expect((await allow(table, statement)).RevisionId).toBe(RevisionId)
  const remove = (ExpectedRevisionId: string) =>
    owner.send(new DeleteResourcePolicyCommand({ ResourceArn: table, ExpectedRevisionId }))
  await expect(remove('NO_POLICY')).rejects.toMatchObject({ name: 'PolicyNotFoundException' })
  expect((await remove(RevisionId ?? '')).RevisionId).toBe(RevisionId)
  await expect(owner.send(new GetResourcePolicyCommand({ ResourceArn: table }))).rejects.toMatchObject({
    name: 'PolicyNotFoundException',
  })
  await expect(
    owner.send(new PutResourcePolicyCommand({ ResourceArn: table, Policy: '{"Statement":' })),
  ).rejects.toMatchObject({ name: 'ValidationException' })
})
