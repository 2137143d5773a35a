import type { GetItemCommandInput, GetItemCommandOutput } from '@aws-sdk/client-dynamodb'
import { consumedCapacity, readUnits } from '../capacity.ts'
import { checkKey, checkKeyPaths } from '../check-keys.ts'
import { checkTableName } from '../check-table-name.ts'
import { validationException } from '../errors.ts'
import { project } from '../expressions/index.ts'
import { itemFromText, sizeFromText, writtenItem } from '../item-text.ts'
import { readRow } from '../items.ts'
import { attributesToGet } from '../legacy/attributes-to-get.ts'
import { checkMixture, requestExpressions } from '../request-expressions.ts'
import { type DynamoDbOperation, requireTable } from '../state.ts'
import { checkValue } from '../values/check-value.ts'

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetItem.html */
export const GetItem: DynamoDbOperation<
  GetItemCommandInput,
  Omit<GetItemCommandOutput, '$metadata'>
> = async (context, input) => {
  checkTableName(input.TableName)
  checkMixture(input, ['ProjectionExpression'], ['AttributesToGet'])
  const key = input.Key ?? {}
  for (const value of Object.values(key)) {
    const problem = checkValue(value)
    if (problem !== undefined) throw validationException(problem)
  }
  const named = attributesToGet(input.AttributesToGet)
  const paths = requestExpressions(input).projection ?? named
  const { table, row } = await context.state.store.read(reader => {
    const found = requireTable(reader, context, input.TableName ?? '')
    checkKey(found, key)
    checkKeyPaths(found, paths ?? [])
    return { table: found, row: readRow(reader, found, key) }
  })
  const capacity = consumedCapacity(input.ReturnConsumedCapacity, table, () => ({
    table: readUnits(row === undefined ? 0 : sizeFromText(row), input.ConsistentRead === true),
    indexes: new Map(),
  }))
  return {
    Item:
      row === undefined
        ? undefined
        : paths === undefined
          ? writtenItem(row)
          : project(itemFromText(row), paths),
    ConsumedCapacity: capacity,
  }
}
