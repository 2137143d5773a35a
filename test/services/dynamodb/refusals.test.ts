import {
  type AttributeValue,
  type ComparisonOperator,
  CreateTableCommand,
  type CreateTableCommandInput,
  DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  RestoreTableToPointInTimeCommand,
  TagResourceCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
  UpdateTableCommand,
  type UpdateTableCommandInput,
} from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSimulator, type Simulator } from '../../../src/index.ts'

/** What AWS refuses, as ScyllaDB's suite, nubo-db/dynamodb-conformance and ack-api-quirks have it. */
let simulator: Simulator
let client: DynamoDBClient

const attribute = (AttributeName: string, AttributeType: 'S' | 'N' = 'S') => ({
  AttributeName,
  AttributeType,
})
const hash = (AttributeName: string) => ({ AttributeName, KeyType: 'HASH' as const })
const range = (AttributeName: string) => ({ AttributeName, KeyType: 'RANGE' as const })
const Projection = { ProjectionType: 'ALL' as const }
const table: CreateTableCommandInput = {
  TableName: 'Rides',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: ['a', 'h', 'r', 's', 't'].map(name => attribute(name)),
  KeySchema: [hash('a')],
  GlobalSecondaryIndexes: [
    { IndexName: 'many', KeySchema: [hash('h'), range('r'), range('s'), range('t')], Projection },
  ],
}

beforeAll(async () => {
  simulator = await createSimulator()
  client = new DynamoDBClient(simulator.clientConfig())
  await client.send(new CreateTableCommand(table))
})
afterAll(async () => {
  client.destroy()
  await simulator.stop()
})

const refused = (message: string) => ({ name: 'ValidationException', message })
const invalid = (message: string) => refused(`One or more parameter values were invalid: ${message}`)

let made = 0
const update = (more: Partial<UpdateItemCommandInput>) =>
  client.send(new UpdateItemCommand({ TableName: 'Rides', Key: { a: { S: `update-${made++}` } }, ...more }))

test.each<[string, Partial<UpdateItemCommandInput>]>([
  [
    'The function is not allowed in an update expression; function: size',
    { UpdateExpression: 'SET x = size(y)' },
  ],
  ['Syntax error; token: "_", near: "REMOVE _x"', { UpdateExpression: 'REMOVE _x' }],
  [
    'The function is not allowed to be used this way in an expression; function: list_append',
    { UpdateExpression: 'SET x = list_append(list_append(:v, :v), :v)' },
  ],
  [
    'The document path has too many nesting levels; nesting levels: 33',
    { UpdateExpression: `REMOVE x${'.y'.repeat(32)}` },
  ],
  [
    'List index is not within the allowable range; index: [99999999999999]',
    { UpdateExpression: 'REMOVE x[99999999999999]' },
  ],
  [
    'The function is not allowed in a condition expression; function: if_not_exists',
    { ConditionExpression: 'if_not_exists(x, :v) = :v' },
  ],
  [
    'Incorrect operand type for operator or function; operator or function: BETWEEN, operand type: L',
    { ConditionExpression: 'x BETWEEN :v AND :v' },
  ],
])('an expression is refused: %s', async (message, more) => {
  const [name = '', text = ''] = Object.entries(more)[0] as [string, string]
  const values = text.includes(':v') ? { ExpressionAttributeValues: { ':v': { L: [] } } } : {}
  await expect(update({ ...more, ...values })).rejects.toMatchObject(refused(`Invalid ${name}: ${message}`))
})

test('conditions of the old kind compare with what can be compared', async () => {
  const cases: [ComparisonOperator, AttributeValue][] = [
    ['LE', { L: [] }],
    ['CONTAINS', { L: [] }],
    ['IN', { M: {} }],
    ['BEGINS_WITH', { N: '1' }],
  ]
  for (const [ComparisonOperator, type] of cases) {
    await expect(
      update({ Expected: { x: { ComparisonOperator, AttributeValueList: [type] } } }),
    ).rejects.toMatchObject(
      invalid(
        `ComparisonOperator ${ComparisonOperator} is not valid for ${Object.keys(type)[0]} AttributeValue type`,
      ),
    )
  }
})

test('nothing is unequal to nothing', async () => {
  await update({
    UpdateExpression: 'SET x = :v',
    ConditionExpression: 'y <> z',
    ExpressionAttributeValues: { ':v': { N: '1' } },
  })
})

test.each<[string, Partial<UpdateItemCommandInput>]>([
  ['REMOVE', { UpdateExpression: 'REMOVE x, y.z' }],
  ['DELETE', { UpdateExpression: 'DELETE x :v', ExpressionAttributeValues: { ':v': { SS: ['x'] } } }],
  ['AttributeUpdates', { AttributeUpdates: { x: { Action: 'DELETE' } } }],
])('an update that only removes makes no item: %s', async (name, more) => {
  const Key = { a: { S: `nothing-${name}` } }
  const { Attributes } = await update({ Key, ReturnValues: 'ALL_NEW', ...more })
  expect(Attributes).toBeUndefined()
  expect((await client.send(new GetItemCommand({ TableName: 'Rides', Key }))).Item).toBeUndefined()
  await update({ Key })
  expect((await client.send(new GetItemCommand({ TableName: 'Rides', Key }))).Item).toEqual(Key)
})

test('a query names what is wrong with it', async () => {
  const names = (condition: string) => condition.match(/:\w/g) ?? []
  const query = (condition: string, more = {}) =>
    client.send(
      new QueryCommand({
        TableName: 'Rides',
        IndexName: 'many',
        KeyConditionExpression: condition,
        ExpressionAttributeValues: Object.fromEntries(names(condition).map(name => [name, { S: 'x' }])),
        ...more,
      }),
    )
  const before = (first: string, then: string) =>
    refused(
      `RANGE key attributes ${first} must have equality conditions specified in the query because a condition is present on key attribute ${then}`,
    )
  await expect(query('h = :h AND r = :r AND t = :t')).rejects.toMatchObject(before('s', 't'))
  await expect(query('h = :h AND r > :r AND s = :s')).rejects.toMatchObject(before('r', 's'))
  await expect(query('h = :h', { Select: 'COUNT', ProjectionExpression: 'x' })).rejects.toMatchObject(
    refused('Cannot specify the ProjectionExpression when choosing to get only the Count'),
  )
  await expect(
    query('a = :a', { IndexName: undefined, ExclusiveStartKey: { a: { S: 'x' } } }),
  ).rejects.toMatchObject(
    refused('The provided exclusive start key is invalid: ExclusiveStartKey: {a=AttributeValue: {S:x}}'),
  )
  const condition = { AttributeValueList: [{ S: 'x' }], ComparisonOperator: 'EQ' as const }
  const KeyConditions = { h: condition, r: condition, s: condition, t: condition }
  const { Count } = await client.send(
    new QueryCommand({ TableName: 'Rides', IndexName: 'many', KeyConditions }),
  )
  expect(Count).toBe(0)
})

test('a table that cannot be', async () => {
  const create = (more: Partial<CreateTableCommandInput>) =>
    client.send(new CreateTableCommand({ ...table, TableName: 'Other', ...more }))
  const index = (KeySchema: ReturnType<typeof hash | typeof range>[]) => ({
    GlobalSecondaryIndexes: [{ IndexName: 'many', KeySchema, Projection }],
  })
  await expect(create({ AttributeDefinitions: [attribute('a'), attribute('a', 'N')] })).rejects.toMatchObject(
    refused('Attribute Name is duplicated: a'),
  )
  await expect(create(index([hash('h'), range('r'), hash('s')]))).rejects.toMatchObject(
    invalid('All HASH key attributes must precede RANGE key attributes in the KeySchema'),
  )
  await expect(create(index(['a', 'h', 'r', 's', 't'].map(hash)))).rejects.toMatchObject(
    invalid('The KeySchema exceeds the maximum allowed number of HASH key attributes'),
  )
  await expect(create({ AttributeDefinitions: undefined })).rejects.toMatchObject(
    invalid(
      'Some index key attributes are not defined in AttributeDefinitions. Keys: [a], AttributeDefinitions: []',
    ),
  )
  const local = { IndexName: 'local', KeySchema: [hash('a'), range('r'), range('s')], Projection }
  await expect(create({ LocalSecondaryIndexes: [local] })).rejects.toMatchObject(
    refused(
      "1 validation error detected: Value '[KeySchemaElement(attributeName=a, keyType=HASH), KeySchemaElement(attributeName=r, keyType=RANGE), KeySchemaElement(attributeName=s, keyType=RANGE)]' at 'localSecondaryIndexes.1.member.keySchema' failed to satisfy constraint: Member must have length less than or equal to 2",
    ),
  )
  const NonKeyAttributes = ['x', 'x']
  await expect(
    create({
      GlobalSecondaryIndexes: [
        {
          IndexName: 'one',
          KeySchema: [hash('h')],
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes },
        },
      ],
    }),
  ).rejects.toMatchObject(invalid('Duplicate element in NonKeyAttributes: x'))
  await expect(
    create({ StreamSpecification: { StreamEnabled: false, StreamViewType: 'NEW_IMAGE' } }),
  ).rejects.toMatchObject(
    invalid('Table is being created with a stream disabled, UpdateViewType should not be specified'),
  )
})

test('a change of a table that cannot be', async () => {
  const change = (more: Partial<UpdateTableCommandInput>) =>
    client.send(new UpdateTableCommand({ TableName: 'Rides', ...more }))
  const Create = { IndexName: 'new', KeySchema: [hash('h')], Projection }
  await expect(
    change({
      AttributeDefinitions: [attribute('h', 'N')],
      GlobalSecondaryIndexUpdates: [{ Create }],
    }),
  ).rejects.toMatchObject(
    invalid(
      'Attributes cannot be redefined. Please check that your attribute has the same type as previously defined. ' +
        'Existing schema: Schema:[SchemaElement: key{h:S:HASH}] New schema: Schema:[SchemaElement: key{h:N:HASH}]',
    ),
  )
  await expect(change({ GlobalSecondaryIndexUpdates: [{ Create }] })).rejects.toMatchObject(
    invalid('AttributeDefinitions is not specified for index: new'),
  )
  await expect(
    change({
      AttributeDefinitions: [attribute('h')],
      GlobalSecondaryIndexUpdates: [{ Create: { ...Create, IndexName: 'many' } }],
    }),
  ).rejects.toMatchObject(refused('Attempting to create an index which already exists'))
  await expect(
    change({ GlobalSecondaryIndexUpdates: [{ Create, Delete: { IndexName: 'many' } }] }),
  ).rejects.toMatchObject(
    invalid('Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate object'),
  )
  await expect(
    change({ GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'none' } }] }),
  ).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'Requested resource not found: Index none for table Rides',
  })
  await expect(change({ StreamSpecification: { StreamEnabled: false } })).rejects.toMatchObject(
    refused('Table has no stream to disable: TableName: Rides'),
  )
})

test('tags and times that cannot be', async () => {
  const ResourceArn = 'arn:aws:dynamodb:us-east-1:000000000000:table/Rides'
  const tag = (Key: string, Value: string, arn = ResourceArn) =>
    client.send(new TagResourceCommand({ ResourceArn: arn, Tags: [{ Key, Value }] }))
  await expect(tag('hi!', 'x')).rejects.toMatchObject(refused('The Tag Key provided is invalid, Key: hi!'))
  await expect(tag('x', 'd%g')).rejects.toMatchObject(
    refused('The Tag Value provided is invalid, Value: d%g'),
  )
  await expect(tag('x', 'x', 'none')).rejects.toMatchObject(invalid("ARNs must start with 'arn:': none"))
  await expect(
    client.send(new RestoreTableToPointInTimeCommand({ SourceTableName: 'None', TargetTableName: 'Other' })),
  ).rejects.toMatchObject(
    refused(
      'Invalid Request: Either one of RestoreDateTime or UseLatestRestorableTime must be specified, but not both',
    ),
  )
})
