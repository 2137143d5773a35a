import type {
  ConsumedCapacity,
  TransactGetItemsCommandInput,
  TransactGetItemsCommandOutput,
} from '@aws-sdk/client-dynamodb'
import { consumedCapacity, readUnits } from '../capacity.ts'
import { checkKey, checkKeyPaths } from '../check-keys.ts'
import { checkTableName } from '../check-table-name.ts'
import { validationException } from '../errors.ts'
import { project } from '../expressions/index.ts'
import { readItem, refuseRepeatedItems } from '../items.ts'
import { requestExpressions } from '../request-expressions.ts'
import { type DynamoDbOperation, requireTable } from '../state.ts'
import type { Table } from '../table.ts'
import { type CancellationReason, reasonFor, transactionCanceled } from '../transaction-error.ts'
import type { Item } from '../values/attribute-value.ts'
import { checkValue } from '../values/check-value.ts'
import { itemSize } from '../values/item-size.ts'

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactGetItems.html */
export const TransactGetItems: DynamoDbOperation<
  TransactGetItemsCommandInput,
  Omit<TransactGetItemsCommandOutput, '$metadata'>
> = async (context, input) => {
  const gets = (input.TransactItems ?? []).map(({ Get }) => {
    checkTableName(Get?.TableName)
    return {
      tableName: Get?.TableName ?? '',
      key: Get?.Key ?? {},
      paths: requestExpressions(Get ?? {}).projection,
    }
  })
  return context.state.store.read(reader => {
    const reasons: CancellationReason[] = []
    const units = new Map<Table, number>()
    const tables = gets.map(({ tableName }) => requireTable(reader, context, tableName))
    refuseRepeatedItems(gets.map(({ key }, index) => ({ table: tables[index], key })))
    const items = gets.map(({ key, paths }, index): Item | undefined => {
      const table = tables[index]
      if (table === undefined) throw new Error('every action has its table')
      try {
        for (const value of Object.values(key)) {
          const problem = checkValue(value)
          if (problem !== undefined) throw validationException(problem)
        }
        checkKey(table, key)
        checkKeyPaths(table, paths ?? [])
      } catch (error) {
        reasons.push(reasonFor(error))
        return undefined
      }
      reasons.push({ Code: 'None' })
      const item = readItem(reader, table, key)
      units.set(table, (units.get(table) ?? 0) + 2 * readUnits(item === undefined ? 0 : itemSize(item), true))
      return item === undefined || paths === undefined ? item : project(item, paths)
    })
    if (reasons.some(reason => reason.Code !== 'None')) throw transactionCanceled(reasons)
    const capacities: ConsumedCapacity[] = [...units].flatMap(
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
