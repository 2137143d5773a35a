import type {
  BatchExecuteStatementCommandInput,
  BatchExecuteStatementCommandOutput,
  BatchStatementErrorCodeEnum,
  ConsumedCapacity,
} from '@aws-sdk/client-dynamodb'
import { AwsError, type OperationContext } from '../../../aws/index.ts'
import {
  type Consumption,
  consumedCapacity,
  readUnits,
  sumConsumption,
  writeConsumption,
} from '../capacity.ts'
import { checkKey } from '../check-keys.ts'
import { validationException } from '../errors.ts'
import { readItem } from '../items.ts'
import {
  parseStatement,
  type SelectStatement,
  type Statement,
  selectedItem,
  statementWrite,
  whereKey,
} from '../partiql/index.ts'
import { returnedAttributes } from '../returned-attributes.ts'
import { type DynamoDbOperation, type DynamoDbState, requireTable } from '../state.ts'
import type { Table } from '../table.ts'
import type { Item } from '../values/attribute-value.ts'
import { itemSize } from '../values/item-size.ts'
import type { Wire } from '../wire.ts'
import { announce, originOf, writeItem } from '../write-item.ts'

type Request = NonNullable<Wire<BatchExecuteStatementCommandInput>['Statements']>[number]
type Response = NonNullable<Wire<BatchExecuteStatementCommandOutput>['Responses']>[number]

interface Outcome {
  readonly table: Table
  readonly consumption: Consumption
  readonly item: Item | undefined
}

/**
 * Every statement stands for itself: one that fails is an error among the responses.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchExecuteStatement.html
 */
export const BatchExecuteStatement: DynamoDbOperation<
  BatchExecuteStatementCommandInput,
  Omit<BatchExecuteStatementCommandOutput, '$metadata'>
> = async (context, input) => {
  const requests = input.Statements ?? []
  const parsed = requests.map(request =>
    tried(() => parseStatement(request.Statement ?? '', request.Parameters)),
  )
  const kinds = new Set(
    parsed.flatMap(one => (one instanceof AwsError ? [] : [one.kind === 'select' || one.kind === 'exists'])),
  )
  if (kinds.size > 1)
    throw validationException('Mixing of read and write operations is not supported in BatchExecuteStatement')
  const outcomes: Outcome[] = []
  const responses: Response[] = []
  for (const [index, request] of requests.entries()) {
    const statement = parsed[index]
    if (statement === undefined) throw new Error('every request was parsed')
    const outcome =
      statement instanceof AwsError ? statement : await execute(context, statement, request).catch(asAwsError)
    if (outcome instanceof AwsError)
      responses.push(failure(outcome, statement instanceof AwsError ? undefined : statement.tableName))
    else {
      outcomes.push(outcome)
      responses.push({
        TableName: outcome.table.name,
        ...(outcome.item === undefined ? {} : { Item: outcome.item }),
      })
    }
  }
  const capacities: ConsumedCapacity[] = [...new Set(outcomes.map(({ table }) => table))].flatMap(table => {
    const own = outcomes.filter(one => one.table === table).map(one => one.consumption)
    return consumedCapacity(input.ReturnConsumedCapacity, table, sumConsumption(own)) ?? []
  })
  return { Responses: responses, ...(capacities.length === 0 ? {} : { ConsumedCapacity: capacities }) }
}

async function execute(
  context: OperationContext<DynamoDbState>,
  statement: Statement,
  request: Request,
): Promise<Outcome> {
  if (statement.kind === 'exists') throw validationException('EXISTS is supported in transactions only')
  if (statement.kind === 'select') {
    return context.state.store.read(reader => {
      const table = requireTable(reader, context, statement.tableName)
      const key = namedKey(table, statement)
      checkKey(table, key)
      const found = readItem(reader, table, key)
      const units = readUnits(found === undefined ? 0 : itemSize(found), request.ConsistentRead === true)
      const item = selectedItem(statement, found)
      return { table, consumption: { table: units, indexes: new Map() }, item }
    })
  }
  const origin = originOf(context)
  const { table, change } = await context.state.store.transaction(writer => {
    const found = requireTable(writer, context, statement.tableName)
    const showsItem = request.ReturnValuesOnConditionCheckFailure === 'ALL_OLD'
    return { table: found, change: writeItem(writer, statementWrite(found, statement, showsItem), origin) }
  })
  announce(context, table)
  const item =
    statement.kind === 'insert' || statement.returning === undefined
      ? undefined
      : returnedAttributes(
          statement.returning,
          change,
          statement.kind === 'update' ? statement.actions.map(action => action.path) : [],
        )
  return { table, consumption: writeConsumption(table, change), item }
}

function asAwsError(error: unknown): AwsError {
  if (error instanceof AwsError) return error
  throw error
}

function tried<Result>(run: () => Result): Result | AwsError {
  try {
    return run()
  } catch (error) {
    return asAwsError(error)
  }
}

/** A batch reads items by their keys, of tables only. */
function namedKey(table: Table, { where, indexName }: SelectStatement): Item {
  const key = indexName === undefined ? tried(() => whereKey(table, where)) : undefined
  if (key !== undefined && !(key instanceof AwsError)) return key
  throw validationException(
    'Select statements within BatchExecuteStatement must specify the primary key in the where clause.',
  )
}

/**
 * Errors among the responses have codes of their own: the exception's name without its ending. A statement that came
 * as far as its item names its table (recorded by nubo-db/dynamodb-conformance).
 */
function failure(error: AwsError, table: string | undefined): Response {
  const code =
    error.code === 'ValidationException'
      ? 'ValidationError'
      : error.code.replace(/Exception$/, '').replace(/^ConditionalCheckFailed.*/, 'ConditionalCheckFailed')
  const item = error.detail['Item'] as Item | undefined
  const ran = code === 'ConditionalCheckFailed' || code === 'DuplicateItem'
  return {
    ...(ran && table !== undefined ? { TableName: table } : {}),
    Error: {
      Code: code as BatchStatementErrorCodeEnum,
      Message: error.message,
      ...(item === undefined ? {} : { Item: item }),
    },
  }
}
