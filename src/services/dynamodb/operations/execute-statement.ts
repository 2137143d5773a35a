import type { ExecuteStatementCommandInput, ExecuteStatementCommandOutput } from '@aws-sdk/client-dynamodb'
import type { OperationContext } from '../../../aws/index.ts'
import { consumedCapacity, writeConsumption } from '../capacity.ts'
import { validationException } from '../errors.ts'
import { pageOutput } from '../page-output.ts'
import {
  formatNextToken,
  parseNextToken,
  parseStatement,
  type SelectStatement,
  selectItems,
  statementWrite,
  type WriteStatement,
} from '../partiql/index.ts'
import { returnedAttributes } from '../returned-attributes.ts'
import { type DynamoDbOperation, type DynamoDbState, requireTable } from '../state.ts'
import type { Wire } from '../wire.ts'
import { announce, originOf, writeItem } from '../write-item.ts'

type Input = Wire<ExecuteStatementCommandInput>
type Output = Wire<Omit<ExecuteStatementCommandOutput, '$metadata'>>

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ExecuteStatement.html */
export const ExecuteStatement: DynamoDbOperation<
  ExecuteStatementCommandInput,
  Omit<ExecuteStatementCommandOutput, '$metadata'>
> = async (context, input) => {
  const statement = parseStatement(input.Statement ?? '', input.Parameters)
  if (statement.kind === 'exists') throw validationException('EXISTS is supported in transactions only')
  return statement.kind === 'select'
    ? await read(context, statement, input)
    : await write(context, statement, input)
}

async function read(
  context: OperationContext<DynamoDbState>,
  statement: SelectStatement,
  input: Input,
): Promise<Output> {
  const from = parseNextToken(input)
  const { table, page } = await context.state.store.read(reader => {
    const table = requireTable(reader, context, statement.tableName)
    const options = { limit: input.Limit, isConsistent: input.ConsistentRead, from, now: context.now }
    return { table, page: selectItems(reader, table, statement, options) }
  })
  const { next, index, items } = page
  const lastKey = next?.after
  const { ConsumedCapacity } = pageOutput(input, table, index, {
    ...page,
    count: items.length,
    scannedCount: 0,
    lastKey,
  })
  return {
    Items: [...items],
    ...(next === undefined ? {} : { NextToken: formatNextToken(next, input) }),
    ...(lastKey === undefined ? {} : { LastEvaluatedKey: lastKey }),
    ...(ConsumedCapacity === undefined ? {} : { ConsumedCapacity }),
  }
}

async function write(
  context: OperationContext<DynamoDbState>,
  statement: WriteStatement,
  input: Input,
): Promise<Output> {
  const origin = originOf(context)
  const { table, change } = await context.state.store.transaction(writer => {
    const found = requireTable(writer, context, statement.tableName)
    const showsItem = input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD'
    return { table: found, change: writeItem(writer, statementWrite(found, statement, showsItem), origin) }
  })
  announce(context, table)
  const capacity = consumedCapacity(input.ReturnConsumedCapacity, table, () =>
    writeConsumption(table, change),
  )
  const paths = statement.kind === 'update' ? statement.actions.map(action => action.path) : []
  const shown =
    statement.kind === 'insert' ? undefined : returnedAttributes(statement.returning, change, paths)
  return {
    Items: shown === undefined ? [] : [shown],
    ...(capacity === undefined ? {} : { ConsumedCapacity: capacity }),
  }
}
