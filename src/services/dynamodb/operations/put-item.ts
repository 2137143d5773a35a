import type { PutItemCommandInput, PutItemCommandOutput } from '@aws-sdk/client-dynamodb'
import { consumedCapacity, writeConsumption } from '../capacity.ts'
import { checkItemKeys } from '../check-keys.ts'
import { checkTableName } from '../check-table-name.ts'
import { validationException } from '../errors.ts'
import { collectionMetrics } from '../item-collection.ts'
import { checkConditionalOperator } from '../legacy/conditional-operator.ts'
import { expectedCondition } from '../legacy/expected.ts'
import { checkMixture, requestExpressions } from '../request-expressions.ts'
import { checkedSize, checkPut, putInto } from '../sent/put.ts'
import { type DynamoDbOperation, requireTable } from '../state.ts'
import { announce, originOf, writeItem } from '../write-item.ts'

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html */
export const PutItem: DynamoDbOperation<
  PutItemCommandInput,
  Omit<PutItemCommandOutput, '$metadata'>
> = async (context, input) => {
  const item = input.Item ?? {}
  checkTableName(input.TableName)
  checkMixture(input, ['ConditionExpression'], ['Expected', 'ConditionalOperator'])
  checkConditionalOperator(input.ConditionalOperator, input.Expected)
  checkPut(item)
  if (input.ReturnValues !== undefined && input.ReturnValues !== 'ALL_OLD' && input.ReturnValues !== 'NONE') {
    throw validationException('ReturnValues can only be ALL_OLD or NONE')
  }
  const size = checkedSize(item)
  const expected = expectedCondition(input.Expected ?? {}, input.ConditionalOperator)
  const condition = requestExpressions(input).condition ?? expected
  const showsOld = input.ReturnValues === 'ALL_OLD'
  const origin = originOf(context)
  const { table, put, change } = await context.state.store.transaction(writer => {
    const found = requireTable(writer, context, input.TableName ?? '')
    const put = putInto(found, item, input.ReturnConsumedCapacity !== undefined)
    checkItemKeys(found, put.item)
    const write = {
      table: found,
      key: put.item,
      condition,
      showsItem: input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD',
      isBlind: !showsOld && input.ReturnConsumedCapacity === undefined,
      size,
      row: put.row,
      next: () => put.item,
    }
    return { table: found, put: put.item, change: writeItem(writer, write, origin) }
  })
  announce(context, table)
  const capacity = consumedCapacity(input.ReturnConsumedCapacity, table, () =>
    writeConsumption(table, change),
  )
  const metrics = collectionMetrics(input.ReturnItemCollectionMetrics, table, put)
  return {
    Attributes: showsOld ? change.before : undefined,
    ConsumedCapacity: capacity,
    ItemCollectionMetrics: metrics,
  }
}
