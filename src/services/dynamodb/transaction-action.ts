import type { TransactWriteItem } from '@aws-sdk/client-dynamodb'
import { checkItemKeys, checkKey, checkKeyPaths } from './check-keys.ts'
import { checkTableName } from './check-table-name.ts'
import { validationException } from './errors.ts'
import { requestExpressions } from './request-expressions.ts'
import type { Table } from './table.ts'
import { checkActions, updatedItem } from './update-actions.ts'
import type { Item } from './values/attribute-value.ts'
import { checkValue } from './values/check-value.ts'
import { itemSize, maximumItemSize } from './values/item-size.ts'
import type { Wire } from './wire.ts'
import type { ItemWrite } from './write-item.ts'

/** One action of a transaction, checked as far as its table need not be known. */
export interface TransactionAction {
  readonly tableName: string
  /** The key alone or a whole item; a statement's key depends on its table's. */
  readonly keyIn: (table: Table) => Item
  /** Reads only: nothing is written for it. */
  readonly isCheck: boolean
  /** The write against a table; throws what is wrong with the action there. */
  readonly write: (table: Table) => ItemWrite
}

/** Checks one element of `TransactItems`. */
export function transactionAction(element: Wire<TransactWriteItem>): TransactionAction {
  const kinds = [element.Put, element.Update, element.Delete, element.ConditionCheck].filter(
    one => one !== undefined,
  )
  if (kinds.length !== 1) {
    throw validationException('TransactItems can only contain one of Check, Put, Update or Delete')
  }
  if (element.Put !== undefined) return putAction(element.Put)
  if (element.Update !== undefined) return updateAction(element.Update)
  const action = element.Delete ?? element.ConditionCheck
  if (action === undefined) throw new Error('one of the four is set')
  const { condition } = requestExpressions(action)
  const key = action.Key ?? {}
  checkTableName(action.TableName)
  const isCheck = element.ConditionCheck !== undefined
  return {
    tableName: action.TableName ?? '',
    keyIn: () => key,
    isCheck,
    write: table => {
      checkValues(key)
      checkKey(table, key)
      return {
        table,
        key,
        condition,
        showsItem: shows(action),
        next: before => (isCheck ? before : undefined),
      }
    },
  }
}

function putAction(put: Wire<NonNullable<TransactWriteItem['Put']>>): TransactionAction {
  const item = put.Item ?? {}
  checkTableName(put.TableName)
  const { condition } = requestExpressions(put)
  return {
    tableName: put.TableName ?? '',
    keyIn: () => item,
    isCheck: false,
    write: table => {
      checkValues(item)
      checkItemKeys(table, item)
      if (itemSize(item) > maximumItemSize) {
        throw validationException('Item size has exceeded the maximum allowed size')
      }
      return { table, key: item, condition, showsItem: shows(put), next: () => item }
    },
  }
}

function updateAction(update: Wire<NonNullable<TransactWriteItem['Update']>>): TransactionAction {
  const key = update.Key ?? {}
  checkTableName(update.TableName)
  const { condition, update: actions = [] } = requestExpressions(update)
  return {
    tableName: update.TableName ?? '',
    keyIn: () => key,
    isCheck: false,
    write: table => {
      checkValues(key)
      checkKey(table, key)
      checkActions(table, actions)
      checkKeyPaths(
        table,
        actions.map(action => action.path),
      )
      return {
        table,
        key,
        condition,
        showsItem: shows(update),
        next: before => updatedItem(table, key, before, actions, false),
      }
    },
  }
}

const shows = (action: { readonly ReturnValuesOnConditionCheckFailure?: string | undefined }): boolean =>
  action.ReturnValuesOnConditionCheckFailure === 'ALL_OLD'

function checkValues(item: Item): void {
  for (const value of Object.values(item)) {
    const problem = checkValue(value)
    if (problem !== undefined) throw validationException(problem)
  }
}
