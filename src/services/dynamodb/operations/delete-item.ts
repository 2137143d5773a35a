import type { DeleteItemCommandInput, DeleteItemCommandOutput } from '@aws-sdk/client-dynamodb'
import { consumedCapacity, writeConsumption } from '../capacity.ts'
import { checkKey } from '../check-keys.ts'
import { checkTableName } from '../check-table-name.ts'
import { validationException } from '../errors.ts'
import { collectionMetrics } from '../item-collection.ts'
import { checkConditionalOperator } from '../legacy/conditional-operator.ts'
import { expectedCondition } from '../legacy/expected.ts'
import { checkMixture, requestExpressions } from '../request-expressions.ts'
import { type DynamoDbOperation, requireTable } from '../state.ts'
import { checkValue } from '../values/check-value.ts'
import { announce, originOf, writeItem } from '../write-item.ts'

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteItem.html */
export const DeleteItem: DynamoDbOperation<
  DeleteItemCommandInput,
  Omit<DeleteItemCommandOutput, '$metadata'>
> = async (context, input) => {
  checkTableName(input.TableName)
  checkMixture(input, ['ConditionExpression'], ['Expected', 'ConditionalOperator'])
  checkConditionalOperator(input.ConditionalOperator, input.Expected)
  const key = input.Key ?? {}
  for (const value of Object.values(key)) {
    const problem = checkValue(value)
    if (problem !== undefined) throw validationException(problem)
  }
  if (input.ReturnValues !== undefined && input.ReturnValues !== 'ALL_OLD' && input.ReturnValues !== 'NONE') {
    throw validationException('ReturnValues can only be ALL_OLD or NONE')
  }
  const expected = expectedCondition(input.Expected ?? {}, input.ConditionalOperator)
  const condition = requestExpressions(input).condition ?? expected
  const origin = originOf(context)
  const { table, change } = await context.state.store.transaction(writer => {
    const found = requireTable(writer, context, input.TableName ?? '')
    checkKey(found, key)
    const write = {
      table: found,
      key,
      condition,
      showsItem: input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD',
      isBlind: input.ReturnValues !== 'ALL_OLD' && input.ReturnConsumedCapacity === undefined,
      next: () => undefined,
    }
    return { table: found, change: writeItem(writer, write, origin) }
  })
  announce(context, table)
  const capacity = consumedCapacity(input.ReturnConsumedCapacity, table, () =>
    writeConsumption(table, change),
  )
  const metrics = collectionMetrics(input.ReturnItemCollectionMetrics, table, key)
  return {
    ...(input.ReturnValues === 'ALL_OLD' && change.before !== undefined ? { Attributes: change.before } : {}),
    ...(capacity === undefined ? {} : { ConsumedCapacity: capacity }),
    ...(metrics === undefined ? {} : { ItemCollectionMetrics: metrics }),
  }
}
