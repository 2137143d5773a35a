import { AwsError } from '../../../aws/index.ts'
import { checkItemKeys, checkKey, checkKeyPaths } from '../check-keys.ts'
import { conditionalCheckFailed, validationException } from '../errors.ts'
import type { Table } from '../table.ts'
import { checkActions, updatedItem } from '../update-actions.ts'
import { itemSize, maximumItemSize } from '../values/item-size.ts'
import type { ItemWrite } from '../write-item.ts'
import type { ExistsStatement, WriteStatement } from './statement.ts'
import { beyondKey, whereKey } from './where-key.ts'

/** A writing statement against its table; throws what is wrong with it there. */
export function statementWrite(
  table: Table,
  statement: WriteStatement | ExistsStatement,
  showsItem: boolean,
): ItemWrite {
  if (statement.kind === 'insert') {
    const { item } = statement
    checkItemKeys(table, item)
    if (itemSize(item) > maximumItemSize)
      throw validationException('Item size has exceeded the maximum allowed size')
    return {
      table,
      key: item,
      condition: undefined,
      showsItem,
      next: before => {
        if (before !== undefined) throw duplicateItem()
        return item
      },
    }
  }
  const key = whereKey(table, statement.where)
  checkKey(table, key)
  const condition = beyondKey(table, statement.where)
  const base = { table, key, condition, showsItem }
  if (statement.kind === 'delete') return { ...base, next: () => undefined }
  if (statement.kind === 'exists') return { ...base, next: before => present(before) }
  checkActions(table, statement.actions)
  checkKeyPaths(
    table,
    statement.actions.map(action => action.path),
  )
  return { ...base, next: before => updatedItem(table, key, present(before), statement.actions, false) }
}

/** UPDATE makes no item, and EXISTS wants one. */
function present<Item>(before: Item | undefined): Item {
  if (before === undefined) throw conditionalCheckFailed()
  return before
}

const duplicateItem = (): AwsError =>
  new AwsError('DuplicateItemException', 'Duplicate primary key exists in table')
