import {
  type AttributeValue,
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateItemCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSimulator, type Simulator } from '../../../src/index.ts'

/** Words and orders that architect/dynalite's tests recorded from DynamoDB. */
let simulator: Simulator
let client: DynamoDBClient
let arn: string

beforeAll(async () => {
  simulator = await createSimulator()
  client = new DynamoDBClient(simulator.clientConfig())
  const { TableDescription } = await client.send(
    new CreateTableCommand({
      TableName: 'Rides',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'a', AttributeType: 'S' },
        { AttributeName: 'c', AttributeType: 'S' },
        { AttributeName: 'd', AttributeType: 'S' },
      ],
      KeySchema: [{ AttributeName: 'a', KeyType: 'HASH' }],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-c',
          KeySchema: [
            { AttributeName: 'c', KeyType: 'HASH' },
            { AttributeName: 'd', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    }),
  )
  arn = TableDescription?.TableArn ?? ''
})
afterAll(async () => {
  client.destroy()
  await simulator.stop()
})

const refused = (message: string) => ({ name: 'ValidationException', message })

/** What a body that no SDK would send is answered. */
async function raw(operation: string, body: string): Promise<string> {
  const off = await createSimulator({ auth: 'off' })
  try {
    const answer = await fetch(off.aws, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `DynamoDB_20120810.${operation}`,
      },
      body,
    })
    const { Message, message } = (await answer.json()) as { Message?: string; message?: string }
    return Message ?? message ?? ''
  } finally {
    await off.stop()
  }
}

test.each([DescribeTableCommand, DeleteTableCommand, UpdateTableCommand, DescribeTimeToLiveCommand])(
  'names of tables that are managed: %o',
  async Command => {
    const send = (TableName: string | undefined) => client.send(new Command({ TableName }) as never)
    const length = 'TableName must be at least 3 characters long and at most 255 characters long'
    await expect(send(undefined)).rejects.toMatchObject(
      refused("The parameter 'TableName' is required but was not present in the request"),
    )
    for (const name of ['', 'a;', 'a'.repeat(256)])
      await expect(send(name)).rejects.toMatchObject(refused(length))
    await expect(send('abc;')).rejects.toMatchObject(
      refused(
        "1 validation error detected: Value 'abc;' at 'tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+",
      ),
    )
  },
)

test('tags: none given, no resource', async () => {
  await expect(client.send(new TagResourceCommand({ ResourceArn: arn, Tags: [] }))).rejects.toMatchObject(
    refused('Atleast one Tag needs to be provided as Input.'),
  )
  await expect(
    client.send(new UntagResourceCommand({ ResourceArn: arn, TagKeys: [] })),
  ).rejects.toMatchObject(refused('Atleast one Tag Key needs to be provided as Input.'))
  await expect(
    client.send(new TagResourceCommand({ ResourceArn: undefined, Tags: [] })),
  ).rejects.toMatchObject(refused('Invalid TableArn'))
})

test('updates may neither change the type of an index key nor lead into it', async () => {
  const update = (UpdateExpression: string, values?: Record<string, { N: string }>) =>
    client.send(
      new UpdateItemCommand({
        TableName: 'Rides',
        Key: { a: { S: '1' } },
        UpdateExpression,
        ...(values === undefined ? {} : { ExpressionAttributeValues: values }),
      }),
    )
  const one = { ':a': { N: '1' } }
  const mismatch = refused(
    'One or more parameter values were invalid: Type mismatch for Index Key c Expected: S Actual: N IndexName: by-c',
  )
  await expect(update('set d.a = a add c :a', one)).rejects.toMatchObject(mismatch)
  await expect(update('set e = c[1], c = a + :a', one)).rejects.toMatchObject(mismatch)
  const scalar = refused(
    "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: IndexKey: d",
  )
  await expect(update('add d.b :a', one)).rejects.toMatchObject(scalar)
  await expect(update('set e = list_append(a, b), f = d[1]')).rejects.toMatchObject(scalar)
})

test('the table and the starting key come before what a legacy key condition asks', async () => {
  const query = (TableName: string, ExclusiveStartKey?: Record<string, { S: string }>) =>
    client.send(
      new QueryCommand({
        TableName,
        KeyConditions: { a: { ComparisonOperator: 'NULL' } },
        ...(ExclusiveStartKey === undefined ? {} : { ExclusiveStartKey }),
      }),
    )
  await expect(query('missing')).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  await expect(query('Rides', { b: { S: 'a' } })).rejects.toMatchObject(
    refused('The provided starting key is invalid'),
  )
  await expect(query('Rides', { a: { SS: ['a'] } as unknown as { S: string } })).rejects.toMatchObject(
    refused('The provided key element does not match the schema'),
  )
  await expect(query('Rides')).rejects.toMatchObject(
    refused('Attempted conditional constraint is not an indexable operation'),
  )
})

test('an empty key is not valid, read or put', async () => {
  const rest = 'The AttributeValue for a key attribute cannot contain an empty string value. Key: a'
  const key = { a: { S: '' } }
  await expect(client.send(new GetItemCommand({ TableName: 'Rides', Key: key }))).rejects.toMatchObject(
    refused(`One or more parameter values are not valid. ${rest}`),
  )
  await expect(client.send(new PutItemCommand({ TableName: 'Rides', Item: key }))).rejects.toMatchObject(
    refused(`One or more parameter values are not valid. ${rest}`),
  )
})

test('equal keys of an index come in the order of a scan', async () => {
  const ids = Array.from({ length: 20 }, (_, n) => `item-${n}`)
  for (const id of ids)
    await client.send(
      new PutItemCommand({ TableName: 'Rides', Item: { a: { S: id }, c: { S: 'c' }, d: { S: 'd' } } }),
    )
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: 'Rides',
      IndexName: 'by-c',
      KeyConditionExpression: 'c = :c',
      ExpressionAttributeValues: { ':c': { S: 'c' } },
    }),
  )
  const { Items: all = [] } = await client.send(new ScanCommand({ TableName: 'Rides' }))
  expect(Items.map(item => item['a']?.S)).toEqual(all.map(item => item['a']?.S))
  expect(Items).toHaveLength(ids.length)
})

test('types of a body, and base64 with loose ends', async () => {
  const dynamodb = 'com.amazonaws.dynamodb.v20120810.'
  expect(await raw('PutItem', '{"Item":[]}')).toBe(
    `Unrecognized collection type java.util.Map<java.lang.String, ${dynamodb}AttributeValue>`,
  )
  expect(await raw('BatchWriteItem', '{"RequestItems":[]}')).toBe(
    `Unrecognized collection type java.util.Map<java.lang.String, java.util.List<${dynamodb}WriteRequest>>`,
  )
  expect(await raw('BatchWriteItem', '{"RequestItems":{"a":3}}')).toMatch(
    /^class sun\.reflect\.generics\.reflectiveObjects\.ParameterizedTypeImpl cannot be cast to class java\.lang\.Class /,
  )
  expect(await raw('PutItem', '{"Item":{"a":{"B":"+/+="}}}')).toBe(
    'Invalid last non-pad Base64 character dectected',
  )
})

test('what a key condition lacks is said before what it cannot be searched by', async () => {
  const query = (conditions: Record<string, { ComparisonOperator: 'NULL' | 'EQ' }>) =>
    client.send(
      new QueryCommand({
        TableName: 'Rides',
        IndexName: 'by-c',
        KeyConditions: Object.fromEntries(
          Object.entries(conditions).map(([name, one]) => [
            name,
            one.ComparisonOperator === 'EQ' ? { ...one, AttributeValueList: [{ S: 'x' }] } : one,
          ]),
        ),
      }),
    )
  await expect(
    query({ c: { ComparisonOperator: 'EQ' }, e: { ComparisonOperator: 'NULL' } }),
  ).rejects.toMatchObject(refused('Query condition missed key schema element: d'))
  await expect(
    query({ c: { ComparisonOperator: 'EQ' }, d: { ComparisonOperator: 'NULL' } }),
  ).rejects.toMatchObject(refused('Attempted conditional constraint is not an indexable operation'))
})

test('operands of a key condition are looked at from the left, and a table has two keys at most', async () => {
  const query = (KeyConditionExpression: string) =>
    client.send(
      new QueryCommand({
        TableName: 'missing',
        KeyConditionExpression,
        ...(KeyConditionExpression.includes(':x') && { ExpressionAttributeValues: { ':x': { S: 'x' } } }),
      }),
    )
  await expect(query('a.b = c')).rejects.toMatchObject(
    refused('KeyConditionExpressions cannot have conditions on nested attributes'),
  )
  await expect(query('a between b and size(a)')).rejects.toMatchObject(
    refused('Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition'),
  )
  await expect(query('a = :x and b = :x and c = :x')).rejects.toMatchObject(
    refused('Conditions can be of length 1 or 2 only'),
  )
})

test('size() is a number wherever it stands', async () => {
  const scan = (FilterExpression: string) =>
    client.send(new ScanCommand({ TableName: 'Rides', FilterExpression }))
  await expect(scan('begins_with(e, size(f))')).rejects.toMatchObject(
    refused(
      'Invalid FilterExpression: Incorrect operand type for operator or function; operator or function: begins_with, operand type: N',
    ),
  )
})

test('DELETE needs a document to delete from, and no update nests deeper than 32 levels', async () => {
  const deep = (levels: number): AttributeValue =>
    levels === 0 ? { S: 'x' } : { M: { m: deep(levels - 1) } }
  const update = (UpdateExpression: string, value: AttributeValue) =>
    client.send(
      new UpdateItemCommand({
        TableName: 'Rides',
        Key: { a: { S: 'deep' } },
        UpdateExpression,
        ExpressionAttributeValues: { ':v': value },
      }),
    )
  await update('SET m = :v', deep(31))
  await expect(update('DELETE z.m :v', { SS: ['x'] })).rejects.toMatchObject(
    refused('The document path provided in the update expression is invalid for update'),
  )
  await update('DELETE z :v', { SS: ['x'] })
  await update('SET m.n = :v', deep(31))
  await expect(update('SET m.n = :v', deep(32))).rejects.toMatchObject(
    refused(
      'Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit',
    ),
  )
})

test('attributes have names', async () => {
  await expect(
    client.send(new PutItemCommand({ TableName: 'Rides', Item: { a: { S: 'x' }, '': { S: 'y' } } })),
  ).rejects.toMatchObject(refused('One or more parameter values were invalid: Empty attribute name'))
  await expect(
    client.send(
      new UpdateItemCommand({
        TableName: 'Rides',
        Key: { a: { S: 'x' } },
        UpdateExpression: 'REMOVE #n',
        ExpressionAttributeNames: { '#n': '' },
      }),
    ),
  ).rejects.toMatchObject(
    refused('ExpressionAttributeNames contains invalid value: Empty attribute name for key #n'),
  )
})

test('one index is made or deleted at a time, and who may not look at a resource hears so', async () => {
  await expect(
    client.send(
      new UpdateTableCommand({
        TableName: 'Rides',
        GlobalSecondaryIndexUpdates: ['x-1', 'x-2'].map(IndexName => ({ Delete: { IndexName } })),
      }),
    ),
  ).rejects.toMatchObject({
    name: 'LimitExceededException',
    message:
      'Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table',
  })
  const foreign = arn.replace('000000000000', '111111111111')
  await expect(client.send(new TagResourceCommand({ ResourceArn: foreign, Tags: [] }))).rejects.toMatchObject(
    {
      name: 'AccessDeniedException',
      message: `User: arn:aws:iam::000000000000:root is not authorized to perform: dynamodb:TagResource on resource: ${foreign} because no resource-based policy allows the dynamodb:TagResource action`,
    },
  )
})

test('a wrong name is told together with whatever else is wrong', async () => {
  const name = 'n'.repeat(256)
  expect(await raw('GetItem', JSON.stringify({ TableName: name }))).toContain(
    `2 validation errors detected: Value '${name}' at 'tableName' failed to satisfy constraint: Member must have length less than or equal to 255; ` +
      "Value null at 'key' failed to satisfy constraint: Member must not be null",
  )
})
