import {
  BatchGetItemCommand,
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import { CreateAccessKeyCommand, CreateUserCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam'
import { expect, test } from 'vitest'
import type { ServiceDefinition } from '../../../src/aws/index.ts'
import { dynamodb } from '../../../src/services/dynamodb/index.ts'
import { type IdentityDoor, startIdentityDoor } from '../iam/iam-door.ts'

const table = 'arn:aws:dynamodb:us-east-1:000000000000:table/rides'

/** A user with these statements, and a table `rides` of the owner's. */
async function startAs(...statements: object[]): Promise<{ door: IdentityDoor; client: DynamoDBClient }> {
  const door = await startIdentityDoor([dynamodb as ServiceDefinition])
  const iam = door.iam()
  const owner = new DynamoDBClient(door.started.clientConfig())
  await owner.send(
    new CreateTableCommand({
      TableName: 'rides',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'rider', AttributeType: 'S' },
        { AttributeName: 'at', AttributeType: 'N' },
        { AttributeName: 'ferry', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'rider', KeyType: 'HASH' },
        { AttributeName: 'at', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-ferry',
          KeySchema: [{ AttributeName: 'ferry', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    }),
  )
  await owner.send(
    new PutItemCommand({
      TableName: 'rides',
      Item: { rider: { S: 'ada' }, at: { N: '1' }, ferry: { S: 'north' } },
    }),
  )
  await iam.send(new CreateUserCommand({ UserName: 'ada' }))
  await iam.send(
    new PutUserPolicyCommand({
      UserName: 'ada',
      PolicyName: 'main',
      PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
    }),
  )
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'ada' }))
  const credentials = {
    accessKeyId: AccessKey?.AccessKeyId ?? '',
    secretAccessKey: AccessKey?.SecretAccessKey ?? '',
  }
  return { door, client: new DynamoDBClient({ ...door.started.clientConfig(), credentials }) }
}

const refused = (action: string, resource = table) => ({
  name: 'AccessDeniedException',
  message: `User: arn:aws:iam::000000000000:user/ada is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
  $metadata: expect.objectContaining({ httpStatusCode: 400 }),
})

const key = (rider: string) => ({ rider: { S: rider }, at: { N: '1' } })

test('a policy for one table lets that table be used, and nothing else', async () => {
  const { client } = await startAs({ Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: table })
  expect((await client.send(new GetItemCommand({ TableName: 'rides', Key: key('ada') }))).Item).toBeDefined()
  await expect(
    client.send(new GetItemCommand({ TableName: 'other', Key: key('ada') })),
  ).rejects.toMatchObject(refused('dynamodb:GetItem', table.replace('rides', 'other')))
  await expect(
    client.send(new PutItemCommand({ TableName: 'rides', Item: key('ada') })),
  ).rejects.toMatchObject(refused('dynamodb:PutItem'))
  await expect(client.send(new ListTablesCommand({}))).rejects.toMatchObject(
    refused('dynamodb:ListTables', table.replace('rides', '*')),
  )
})

test('fine-grained access: every rider has its own items', async () => {
  const { client } = await startAs({
    Effect: 'Allow',
    Action: ['dynamodb:*Item', 'dynamodb:Query'],
    Resource: table,
    Condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['${aws:username}'] } },
  })
  const query = (rider: string) =>
    new QueryCommand({
      TableName: 'rides',
      KeyConditionExpression: '#r = :r AND #a > :a',
      ExpressionAttributeNames: { '#r': 'rider', '#a': 'at' },
      ExpressionAttributeValues: { ':r': { S: rider }, ':a': { N: '0' } },
    })
  expect((await client.send(query('ada'))).Count).toBe(1)
  await expect(client.send(query('eve'))).rejects.toMatchObject(refused('dynamodb:Query'))
  await client.send(new PutItemCommand({ TableName: 'rides', Item: key('ada') }))
  await expect(
    client.send(new PutItemCommand({ TableName: 'rides', Item: key('eve') })),
  ).rejects.toMatchObject(refused('dynamodb:PutItem'))
  const batch = (...riders: string[]) =>
    new BatchGetItemCommand({ RequestItems: { rides: { Keys: riders.map(key) } } })
  await client.send(batch('ada'))
  await expect(client.send(batch('ada', 'eve'))).rejects.toMatchObject(refused('dynamodb:BatchGetItem'))
  const transaction = (rider: string) =>
    new TransactWriteItemsCommand({
      TransactItems: [
        {
          Update: {
            TableName: 'rides',
            Key: key(rider),
            UpdateExpression: 'SET ferry = :f',
            ExpressionAttributeValues: { ':f': { S: 'south' } },
          },
        },
      ],
    })
  await client.send(transaction('ada'))
  await expect(client.send(transaction('eve'))).rejects.toMatchObject(refused('dynamodb:UpdateItem'))
})

test('attributes, returned values and indexes', async () => {
  const { client } = await startAs(
    {
      Effect: 'Allow',
      Action: ['dynamodb:UpdateItem', 'dynamodb:Query'],
      Resource: [table, `${table}/index/by-ferry`],
      Condition: {
        'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['rider', 'at', 'ferry'] },
        StringEqualsIfExists: {
          'dynamodb:ReturnValues': ['NONE', 'UPDATED_NEW'],
          'dynamodb:Select': 'SPECIFIC_ATTRIBUTES',
        },
      },
    },
    {
      Effect: 'Deny',
      Action: '*',
      Resource: '*',
      Condition: { Bool: { 'dynamodb:FullTableScan': 'true' } },
    },
  )
  const update = (expression: string, more: object = {}) =>
    new UpdateItemCommand({
      TableName: 'rides',
      Key: key('ada'),
      UpdateExpression: expression,
      ExpressionAttributeValues: { ':v': { S: 'x' } },
      ...more,
    })
  await client.send(update('SET ferry = :v'))
  await expect(client.send(update('SET price = :v'))).rejects.toMatchObject(refused('dynamodb:UpdateItem'))
  await expect(client.send(update('SET ferry = :v', { ReturnValues: 'ALL_OLD' }))).rejects.toMatchObject(
    refused('dynamodb:UpdateItem'),
  )
  const query = (more: object) =>
    new QueryCommand({
      TableName: 'rides',
      IndexName: 'by-ferry',
      KeyConditionExpression: 'ferry = :f',
      ExpressionAttributeValues: { ':f': { S: 'x' } },
      ...more,
    })
  expect((await client.send(query({ ProjectionExpression: 'rider' }))).Items).toEqual([
    { rider: { S: 'ada' } },
  ])
  await expect(client.send(query({}))).rejects.toMatchObject(
    refused('dynamodb:Query', `${table}/index/by-ferry`),
  )
  await expect(client.send(new ScanCommand({ TableName: 'rides' }))).rejects.toThrow(
    `User: arn:aws:iam::000000000000:user/ada is not authorized to perform: dynamodb:Scan on resource: ${table} with an explicit deny in an identity-based policy`,
  )
})
