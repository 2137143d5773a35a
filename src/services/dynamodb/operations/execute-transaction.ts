import type {
  ConsumedCapacity,
  ExecuteTransactionCommandInput,
  ExecuteTransactionCommandOutput,
} from '@aws-sdk/client-dynamodb'
import type { OperationContext } from '../../../aws/index.ts'
import { consumedCapacity, readUnits, sumConsumption } from '../capacity.ts'
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
import { type DynamoDbOperation, type DynamoDbState, requireTable } from '../state.ts'
import type { Table } from '../table.ts'
import { runTransaction } from '../transaction.ts'
import type { TransactionAction } from '../transaction-action.ts'
import { type CancellationReason, reasonFor, transactionCanceled } from '../transaction-error.ts'
import { itemSize } from '../values/item-size.ts'
import type { Wire } from '../wire.ts'
import { announce } from '../write-item.ts'

type Input = Wire<ExecuteTransactionCommandInput>
type Output = Wire<Omit<ExecuteTransactionCommandOutput, '$metadata'>>

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ExecuteTransaction.html */
export const ExecuteTransaction: DynamoDbOperation<
  ExecuteTransactionCommandInput,
  Omit<ExecuteTransactionCommandOutput, '$metadata'>
> = async (context, input) => {
  const requests = input.TransactStatements ?? []
  const statements = requests.map(request => parseStatement(request.Statement ?? '', request.Parameters))
  for (const [index, statement] of statements.entries()) {
    const problem = transactionProblem(statement)
    if (problem !== undefined)
      throw validationException(`Validation failed in TransactStatements[${index}]: ${problem}`)
  }
  const selects = statements.filter(statement => statement.kind === 'select')
  if (selects.length === statements.length) return readAll(context, selects, input)
  const actions = statements.map((statement, index): TransactionAction => {
    if (statement.kind === 'select')
      throw validationException('Mixing of read and write operations is not supported in ExecuteTransaction')
    const showsItem = requests[index]?.ReturnValuesOnConditionCheckFailure === 'ALL_OLD'
    return {
      tableName: statement.tableName,
      keyIn: table => (statement.kind === 'insert' ? statement.item : whereKey(table, statement.where)),
      isCheck: statement.kind === 'exists',
      write: table => statementWrite(table, statement, showsItem),
    }
  })
  const { done, isRepeated } = await runTransaction(context, actions, input.ClientRequestToken, requests)
  const capacities: ConsumedCapacity[] = [...new Set(done.map(one => one.table))].flatMap(table => {
    announce(context, table)
    const sum = sumConsumption(done.filter(one => one.table === table).map(one => one.consumption))
    return consumedCapacity(input.ReturnConsumedCapacity, table, sum, isRepeated ? 'read' : 'write') ?? []
  })
  return {
    // Writes have no answers of their own (recorded by LocalStack).
    Responses: [],
    ...(capacities.length === 0 ? {} : { ConsumedCapacity: capacities }),
  }
}

/** What no transaction can do (recorded by nubo-db/dynamodb-conformance). */
function transactionProblem(statement: Statement): string | undefined {
  if (statement.kind === 'select')
    return statement.indexName === undefined
      ? undefined
      : 'Reads on indices are not supported within transactions.'
  return 'returning' in statement && statement.returning !== undefined
    ? 'RETURNING clause is not supported in ExecuteTransaction.'
    : undefined
}

async function readAll(
  context: OperationContext<DynamoDbState>,
  statements: readonly SelectStatement[],
  input: Input,
): Promise<Output> {
  return context.state.store.read(reader => {
    const reasons: CancellationReason[] = []
    const units = new Map<Table, number>()
    const tables = statements.map(({ tableName }) => requireTable(reader, context, tableName))
    const items = statements.map((statement, index) => {
      const table = tables[index]
      if (table === undefined) throw new Error('every statement has its table')
      try {
        const key = whereKey(table, statement.where)
        checkKey(table, key)
        const found = readItem(reader, table, key)
        units.set(
          table,
          (units.get(table) ?? 0) + 2 * readUnits(found === undefined ? 0 : itemSize(found), true),
        )
        reasons.push({ Code: 'None' })
        return selectedItem(statement, found)
      } catch (error) {
        reasons.push(reasonFor(error))
        return undefined
      }
    })
    if (reasons.some(reason => reason.Code !== 'None')) throw transactionCanceled(reasons)
    const capacities = [...units].flatMap(
      ([table, used]) =>
        consumedCapacity(input.ReturnConsumedCapacity, table, { table: used, indexes: new Map() }, 'read') ??
        [],
    )
    return {
      Responses: items.map(item => (item === undefined ? {} : { Item: item })),
      ...(capacities.length === 0 ? {} : { ConsumedCapacity: capacities }),
    }
  })
}
