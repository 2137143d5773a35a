import type { UpdateItemCommandInput, UpdateItemCommandOutput } from '@aws-sdk/client-dynamodb'
import { consumedCapacity, writeConsumption } from '../capacity.ts'
import { checkKey, checkKeyPaths } from '../check-keys.ts'
import { checkTableName } from '../check-table-name.ts'
import { validationException } from '../errors.ts'
import { collectionMetrics } from '../item-collection.ts'
import { updateActions } from '../legacy/attribute-updates.ts'
import { checkConditionalOperator } from '../legacy/conditional-operator.ts'
import { expectedCondition } from '../legacy/expected.ts'
import { checkMixture, requestExpressions } from '../request-expressions.ts'
import { returnedAttributes } from '../returned-attributes.ts'
import { type DynamoDbOperation, requireTable } from '../state.ts'
import { checkActions, updatedItem } from '../update-actions.ts'
import { checkWritten } from '../update-size.ts'
import type { Item } from '../values/attribute-value.ts'
import { checkValue } from '../values/check-value.ts'
import { announce, originOf, writeItem } from '../write-item.ts'

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html */
export const UpdateItem: DynamoDbOperation<
  UpdateItemCommandInput,
  Omit<UpdateItemCommandOutput, '$metadata'>
> = async (context, input) => {
  checkTableName(input.TableName)
  checkMixture(
    input,
    ['UpdateExpression', 'ConditionExpression'],
    ['AttributeUpdates', 'Expected', 'ConditionalOperator'],
  )
  checkConditionalOperator(input.ConditionalOperator, input.Expected)
  const key = input.Key ?? {}
  for (const value of Object.values(key)) {
    const problem = checkValue(value)
    if (problem !== undefined) throw validationException(problem)
  }
  const legacy = input.AttributeUpdates === undefined ? undefined : updateActions(input.AttributeUpdates)
  const expected = expectedCondition(input.Expected ?? {}, input.ConditionalOperator)
  const expressions = requestExpressions(input)
  const actions = expressions.update ?? legacy ?? []
  const condition = expressions.condition ?? expected
  const origin = originOf(context)
  const { table, change } = await context.state.store.transaction(writer => {
    const found = requireTable(writer, context, input.TableName ?? '')
    checkKey(found, key)
    checkActions(found, actions)
    checkKeyPaths(
      found,
      actions.map(action => action.path),
    )
    const write = {
      table: found,
      key,
      condition,
      showsItem: input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD',
      next: (before: Item | undefined, measured: (size: number) => void) => {
        let size = 0
        const after = updatedItem(found, key, before, actions, legacy !== undefined, bytes => {
          size = bytes
        })
        if (after !== undefined) {
          checkWritten(after, size, actions)
          measured(size)
        }
        return after
      },
    }
    return { table: found, change: writeItem(writer, write, origin) }
  })
  announce(context, table)
  const shown = returnedAttributes(
    input.ReturnValues,
    change,
    actions.map(action => action.path),
  )
  const capacity = consumedCapacity(input.ReturnConsumedCapacity, table, () =>
    writeConsumption(table, change),
  )
  const metrics = collectionMetrics(input.ReturnItemCollectionMetrics, table, key)
  return {
    Attributes: shown,
    ConsumedCapacity: capacity,
    ItemCollectionMetrics: metrics,
  }
}
