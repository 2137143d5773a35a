import type { Buffer } from 'node:buffer'
import { validationException } from '../errors.ts'
import { isPlain } from '../items.ts'
import type { Table } from '../table.ts'
import type { Item } from '../values/attribute-value.ts'
import { checkValue } from '../values/check-value.ts'
import { itemSize, maximumItemSize } from '../values/item-size.ts'
import { sentItem, wholeItem } from './readers.ts'

/** Checks the values of an item that is put; those of an item that stays in the body were checked when it was read. */
export function checkPut(item: Item): void {
  if (sentItem(item) !== undefined) return
  for (const name in item) {
    const value = item[name]
    const problem = value === undefined ? undefined : checkValue(value)
    if (problem !== undefined) throw validationException(problem)
  }
}

/** Measures an item that is put. */
export function checkedSize(item: Item): number {
  const size = sentItem(item)?.size ?? itemSize(item)
  if (size > maximumItemSize) throw validationException('Item size has exceeded the maximum allowed size')
  return size
}

/** What a table needs of an item that is put: no more than its key and its row, where nobody looks into it. */
export function putInto(
  table: Table,
  item: Item,
  isLookedInto: boolean,
): { readonly item: Item; readonly row: Buffer | undefined } {
  const sent = sentItem(item)
  if (sent === undefined || isLookedInto || !isPlain(table)) return { item: wholeItem(item), row: undefined }
  return { item: sent.keyOf(table), row: sent.row() }
}
