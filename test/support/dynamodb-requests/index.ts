import { Expressions } from './expressions.ts'
import { type Json, names } from './values.ts'

/** A request of DynamoDB's API as it travels. */
export interface DynamoDbRequest {
  readonly operation: string
  readonly body: string
}

/** Makes the same requests for the same seed: most are nearly right, some are nonsense. */
export function* dynamoDbRequests(seed: number): Generator<DynamoDbRequest, never> {
  const make = new Requests(seed)
  for (;;) yield make.next()
}

const tables = ['Plain', 'Rich', 'Bytes', 'Plain', 'Rich', 'Rich', 'Rich']
const strangeTables = ['Missing', 'no', 'arn:aws:dynamodb:us-east-1:000000000000:table/Rich']
const legacy = 'EQ NE IN LE LT GE GT BETWEEN NOT_NULL NULL CONTAINS NOT_CONTAINS BEGINS_WITH'.split(' ')
const returned = ['NONE', 'ALL_OLD', 'ALL_OLD', 'ALL_OLD', 'ALL_NEW', 'UPDATED_OLD', 'UPDATED_NEW']

class Requests extends Expressions {
  next(): DynamoDbRequest {
    const [operation, body] = this.request()
    const spoilt = this.chance(0.12) ? this.spoil(body) : body
    const text = JSON.stringify(spoilt) ?? 'null'
    return { operation, body: this.chance(0.01) ? text.slice(0, this.below(text.length + 1)) : text }
  }

  conditions = (): Record<string, Json> =>
    Object.fromEntries(
      this.list(2, () => [
        this.pick(names),
        {
          ComparisonOperator: this.pick(legacy),
          AttributeValueList: this.some(0.9, () => this.list(2, () => this.value())),
          Value: this.some(0.05, () => this.value()),
          Exists: this.some(0.05, () => this.chance(0.5)),
        },
      ]),
    )

  capacity = (): Json =>
    this.some(0.4, () => (this.chance(0.03) ? 'X' : this.pick(['TOTAL', 'INDEXES', 'NONE'])))

  write(table: string): Record<string, Json> {
    return {
      TableName: table,
      ReturnValues: this.some(0.5, () => this.pick(returned)),
      ReturnConsumedCapacity: this.capacity(),
      ReturnItemCollectionMetrics: this.some(0.2, () => this.pick(['SIZE', 'NONE'])),
      ReturnValuesOnConditionCheckFailure: this.some(0.3, () => 'ALL_OLD'),
      ...(this.chance(0.15)
        ? {
            Expected: this.conditions(),
            ConditionalOperator: this.some(0.5, () => this.pick(['AND', 'OR'])),
          }
        : {}),
    }
  }

  read(table: string): Record<string, Json> {
    return {
      TableName: table,
      IndexName: this.some(0.4, () => this.pick(['by-g', 'by-l', 'by-h', 'none'])),
      Limit: this.some(0.4, () => 1 + this.below(5)),
      Select: this.some(0.2, () =>
        this.pick(['COUNT', 'ALL_ATTRIBUTES', 'ALL_PROJECTED_ATTRIBUTES', 'SPECIFIC_ATTRIBUTES']),
      ),
      ConsistentRead: this.some(0.2, () => this.chance(0.5)),
      ReturnConsumedCapacity: this.capacity(),
      ExclusiveStartKey: this.some(0.2, () => ({
        ...this.key(table),
        ...this.some(0.5, () => ({ g: { S: 'a' }, h: { N: '1' } })),
      })),
    }
  }

  request(): [string, Record<string, Json>] {
    const table = this.chance(0.05) ? this.pick(strangeTables) : this.pick(tables)
    const condition = { ConditionExpression: () => this.condition() }
    const projection = { ProjectionExpression: () => [this.path(), ...this.list(2, this.path)].join(', ') }
    const makers: readonly (() => [string, Record<string, Json>])[] = [
      () => [
        'PutItem',
        { ...this.write(table), Item: this.item(table), ...this.expressions(table, condition, 0.4) },
      ],
      () => ['PutItem', { ...this.write(table), Item: this.item(table) }],
      () => [
        'DeleteItem',
        { ...this.write(table), Key: this.key(table), ...this.expressions(table, condition, 0.4) },
      ],
      () => [
        'UpdateItem',
        {
          ...this.write(table),
          Key: this.key(table),
          ...this.expressions(table, { UpdateExpression: () => this.update(), ...condition }),
        },
      ],
      () => [
        'UpdateItem',
        {
          TableName: table,
          Key: this.key(table),
          ...this.expressions(table, { UpdateExpression: () => this.update() }, 1),
        },
      ],
      () => [
        'UpdateItem',
        {
          ...this.write(table),
          Key: this.key(table),
          AttributeUpdates: Object.fromEntries(
            this.list(3, () => [
              this.pick(names),
              {
                Action: this.some(0.8, () => this.pick(['PUT', 'ADD', 'DELETE'])),
                Value: this.some(0.8, () => this.value()),
              },
            ]),
          ),
        },
      ],
      () => [
        'GetItem',
        {
          TableName: table,
          Key: this.key(table),
          ReturnConsumedCapacity: this.capacity(),
          AttributesToGet: this.some(0.2, () => this.list(3, () => this.pick(names))),
          ...this.expressions(table, projection, 0.4),
        },
      ],
      () => [
        'Query',
        {
          ...this.read(table),
          ScanIndexForward: this.some(0.4, () => this.chance(0.5)),
          ...this.expressions(
            table,
            {
              KeyConditionExpression: () => this.keyCondition(table),
              ...this.some(0.4, () => ({ FilterExpression: () => this.condition(), ...projection })),
            },
            0.95,
          ),
        },
      ],
      () => [
        'Query',
        {
          ...this.read(table),
          KeyConditions: {
            k: { ComparisonOperator: 'EQ', AttributeValueList: [this.key(table)['k']] },
            ...this.some(0.6, this.conditions),
          },
          QueryFilter: this.some(0.4, this.conditions),
        },
      ],
      () => [
        'Scan',
        {
          ...this.read(table),
          TotalSegments: this.some(0.2, () => this.below(4)),
          Segment: this.some(0.2, () => this.below(4)),
          ...this.expressions(table, { FilterExpression: () => this.condition(), ...projection }, 0.4),
        },
      ],
      () => [
        'Scan',
        {
          TableName: table,
          ScanFilter: this.conditions(),
          ConditionalOperator: this.some(0.4, () => this.pick(['AND', 'OR'])),
        },
      ],
      () => [
        'BatchGetItem',
        {
          RequestItems: Object.fromEntries(
            this.few(2, () => [
              this.pick(tables),
              { Keys: this.list(4, () => this.key(table)), ...this.expressions(table, projection, 0.3) },
            ]),
          ),
          ReturnConsumedCapacity: this.capacity(),
        },
      ],
      () => [
        'BatchWriteItem',
        {
          RequestItems: Object.fromEntries(
            this.few(2, () => [
              table,
              this.list(5, () =>
                this.chance(0.7)
                  ? { PutRequest: { Item: this.item(table) } }
                  : { DeleteRequest: { Key: this.key(table) } },
              ),
            ]),
          ),
          ReturnConsumedCapacity: this.capacity(),
        },
      ],
      () => [
        'TransactWriteItems',
        {
          TransactItems: this.few(4, () =>
            this.pick<() => Json>([
              () => ({
                Put: {
                  TableName: table,
                  Item: this.item(table),
                  ...this.expressions(table, condition, 0.3),
                },
              }),
              () => ({
                Delete: {
                  TableName: table,
                  Key: this.key(table),
                  ...this.expressions(table, condition, 0.3),
                },
              }),
              () => ({
                Update: {
                  TableName: table,
                  Key: this.key(table),
                  ...this.expressions(table, { UpdateExpression: () => this.update(), ...condition }, 0.9),
                },
              }),
              () => ({
                ConditionCheck: {
                  TableName: table,
                  Key: this.key(table),
                  ...this.expressions(table, condition, 1),
                },
              }),
            ])(),
          ),
          ClientRequestToken: this.some(0.3, () => this.pick(['one', 'two', 'x'.repeat(37)])),
          ReturnConsumedCapacity: this.capacity(),
        },
      ],
      () => [
        'TransactGetItems',
        {
          TransactItems: this.few(4, () => ({
            Get: { TableName: table, Key: this.key(table), ...this.expressions(table, projection, 0.3) },
          })),
        },
      ],
      () => [
        'ExecuteStatement',
        {
          ...this.statement(),
          Limit: this.some(0.2, () => this.below(4)),
          ReturnConsumedCapacity: this.capacity(),
        },
      ],
      () => ['BatchExecuteStatement', { Statements: this.few(3, () => this.statement()) }],
      () => ['ExecuteTransaction', { TransactStatements: this.few(3, () => this.statement()) }],
      () => [
        this.pick([
          'DescribeTable',
          'DescribeTimeToLive',
          'DescribeContinuousBackups',
          'ListTables',
          'ListBackups',
          'DescribeLimits',
        ]),
        { TableName: table },
      ],
    ]
    return this.pick(makers)()
  }
}
