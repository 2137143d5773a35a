import { type AccessRequest, type AccessRule, AwsError } from '../../../aws/index.ts'
import { parseStatement, type Statement } from '../partiql/index.ts'
import type { DynamoDbState } from '../state.ts'
import type { AttributeValue } from '../values/attribute-value.ts'
import { type DynamoDbContext, itemAccess, type TableInput, tableArn } from './item-access.ts'
import { withPolicies } from './with-policies.ts'

type Rule = AccessRule<DynamoDbState>

/** One item, or one table's items. */
function items(operation: string): Rule {
  return (context, input: TableInput) => {
    const access = itemAccess(context, operation, input)
    return access instanceof Promise ? access.then(one => [one]) : [access]
  }
}

/** A table itself, by its name or its ARN. */
function table(operation: string): Rule {
  return (context, input: { readonly TableName?: string; readonly ResourceArn?: string }) => [
    { action: `dynamodb:${operation}`, resources: [tableArn(context, input.TableName ?? input.ResourceArn)] },
  ]
}

/** A backup, by its ARN. */
function backup(operation: string): Rule {
  return (context, input: { readonly BackupArn?: string }) => [
    { action: `dynamodb:${operation}`, resources: [input.BackupArn ?? tableArn(context, '*/backup/*')] },
  ]
}

interface StatementInput {
  readonly Statement?: string
  readonly Parameters?: readonly AttributeValue[]
}

const verbs = {
  select: 'Select',
  insert: 'Insert',
  update: 'Update',
  delete: 'Delete',
  exists: 'Select',
} as const

/** PartiQL's own four actions. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-iam.html */
const statements: Rule = (
  context,
  input: StatementInput & {
    readonly Statements?: readonly StatementInput[]
    readonly TransactStatements?: readonly StatementInput[]
  },
) =>
  (input.Statements ?? input.TransactStatements ?? [input]).flatMap(({ Statement, Parameters }) => {
    const statement = parsed(Statement, Parameters)
    if (statement === undefined) return []
    const index = statement.kind === 'select' ? statement.indexName : undefined
    return [
      {
        action: `dynamodb:PartiQL${verbs[statement.kind]}`,
        resources: [tableArn(context, statement.tableName, index)],
      },
    ]
  })

/** A statement that cannot be read touches nothing; the operation says what is wrong with it. */
function parsed(
  statement: StatementInput['Statement'] = '',
  parameters?: StatementInput['Parameters'],
): Statement | undefined {
  try {
    return parseStatement(statement, parameters)
  } catch (error) {
    if (error instanceof AwsError) return undefined
    throw error
  }
}

/** Everything of an account and region. */
function all(operation: string): Rule {
  return context => [{ action: `dynamodb:${operation}`, resources: [tableArn(context, '*')] }]
}

const batchGet: Rule = (
  context,
  input: {
    readonly RequestItems?: Readonly<Record<string, TableInput>>
    readonly ReturnConsumedCapacity?: string
  },
) =>
  each(Object.entries(input.RequestItems ?? {}), ([TableName, request]) =>
    itemAccess(context, 'BatchGetItem', { ...request, TableName, ...capacity(input) }),
  )

interface Write {
  readonly PutRequest?: { readonly Item?: TableInput['Item'] }
  readonly DeleteRequest?: { readonly Key?: TableInput['Key'] }
}

const batchWrite: Rule = (
  context,
  input: {
    readonly RequestItems?: Readonly<Record<string, readonly Write[]>>
    readonly ReturnConsumedCapacity?: string
  },
) =>
  each(Object.entries(input.RequestItems ?? {}), ([TableName, writes]) => {
    const Keys = writes.flatMap(({ PutRequest, DeleteRequest }) => {
      const item = PutRequest?.Item ?? DeleteRequest?.Key
      return item === undefined ? [] : [item]
    })
    return itemAccess(context, 'BatchWriteItem', { TableName, Keys, ...capacity(input) })
  })

/** A transaction needs what its parts need. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html */
function transaction(actions: Readonly<Record<string, string>>): Rule {
  return (
    context,
    input: { readonly TransactItems?: readonly Readonly<Record<string, TableInput | undefined>>[] },
  ) =>
    each(
      (input.TransactItems ?? []).flatMap(item =>
        Object.entries(actions).flatMap(([member, action]) => {
          const request = item[member]
          return request === undefined ? [] : [{ action, request }]
        }),
      ),
      ({ action, request }) =>
        itemAccess(context, action, request, { 'dynamodb:EnclosingOperation': enclosing(actions) }),
    )
}

function enclosing(actions: Readonly<Record<string, string>>): string {
  return 'Get' in actions ? 'TransactGetItems' : 'TransactWriteItems'
}

function capacity(input: {
  readonly ReturnConsumedCapacity?: string
}): Pick<TableInput, 'ReturnConsumedCapacity'> {
  return input.ReturnConsumedCapacity === undefined
    ? {}
    : { ReturnConsumedCapacity: input.ReturnConsumedCapacity }
}

function each<Part>(
  parts: readonly Part[],
  access: (part: Part) => AccessRequest | Promise<AccessRequest>,
): readonly AccessRequest[] | Promise<readonly AccessRequest[]> {
  const all = parts.map(access)
  return all.some(one => one instanceof Promise) ? Promise.all(all) : (all as AccessRequest[])
}

const ofItems = ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query', 'Scan']
const ofTables = [
  'CreateTable',
  'DeleteTable',
  'DescribeTable',
  'DescribeTimeToLive',
  'ListTagsOfResource',
  'TagResource',
  'UntagResource',
  'UpdateTable',
  'UpdateTimeToLive',
  'CreateBackup',
  'DescribeContinuousBackups',
  'UpdateContinuousBackups',
  'GetResourcePolicy',
  'PutResourcePolicy',
  'DeleteResourcePolicy',
]
const ofStatements = ['ExecuteStatement', 'BatchExecuteStatement', 'ExecuteTransaction']

/** What DynamoDB's operations need. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html */
export const access: Readonly<Record<string, Rule>> = withPolicies({
  ...Object.fromEntries(ofItems.map(operation => [operation, items(operation)])),
  ...Object.fromEntries(ofTables.map(operation => [operation, table(operation)])),
  ListTables: all('ListTables'),
  ...Object.fromEntries(ofStatements.map(operation => [operation, statements])),
  DescribeLimits: all('DescribeLimits'),
  DescribeEndpoints: () => [],
  ListBackups: all('ListBackups'),
  ...Object.fromEntries(
    ['DescribeBackup', 'DeleteBackup', 'RestoreTableFromBackup'].map(operation => [
      operation,
      backup(operation),
    ]),
  ),
  RestoreTableToPointInTime: (
    context,
    input: { readonly SourceTableName?: string; readonly SourceTableArn?: string },
  ) => [
    {
      action: 'dynamodb:RestoreTableToPointInTime',
      resources: [tableArn(context, input.SourceTableName ?? input.SourceTableArn)],
    },
  ],
  ExportTableToPointInTime: (context, input: { readonly TableArn?: string }) => [
    { action: 'dynamodb:ExportTableToPointInTime', resources: [tableArn(context, input.TableArn)] },
  ],
  DescribeExport: (context, input: { readonly ExportArn?: string }) => [
    { action: 'dynamodb:DescribeExport', resources: [tableArn(context, input.ExportArn)] },
  ],
  ListExports: all('ListExports'),
  ImportTable: (context, input: { readonly TableCreationParameters?: { readonly TableName?: string } }) => [
    {
      action: 'dynamodb:ImportTable',
      resources: [`${tableArn(context, input.TableCreationParameters?.TableName)}/import/*`],
    },
  ],
  DescribeImport: (context, input: { readonly ImportArn?: string }) => [
    { action: 'dynamodb:DescribeImport', resources: [tableArn(context, input.ImportArn)] },
  ],
  ListImports: all('ListImports'),
  BatchGetItem: batchGet,
  BatchWriteItem: batchWrite,
  TransactGetItems: transaction({ Get: 'GetItem' }),
  TransactWriteItems: transaction({
    Put: 'PutItem',
    Update: 'UpdateItem',
    Delete: 'DeleteItem',
    ConditionCheck: 'ConditionCheckItem',
  }),
})

/** What DynamoDB Streams' operations need: DynamoDB's own actions, on a stream. */
export const streamsAccess: Readonly<Record<string, Rule>> = withPolicies({
  ListStreams: (context, input: { readonly TableName?: string }) => [
    { action: 'dynamodb:ListStreams', resources: [`${tableArn(context, input.TableName)}/stream/*`] },
  ],
  DescribeStream: onStream('DescribeStream'),
  GetShardIterator: onStream('GetShardIterator'),
  GetRecords: onStream('GetRecords'),
})

/** An iterator begins with its stream's ARN. */
function onStream(operation: string): Rule {
  return (
    context: DynamoDbContext,
    input: { readonly StreamArn?: string; readonly ShardIterator?: string },
  ) => [
    {
      action: `dynamodb:${operation}`,
      resources: [input.StreamArn ?? input.ShardIterator?.split('|')[0] ?? tableArn(context, '*')],
    },
  ]
}
