import type { Buffer } from 'node:buffer'
import type { Reader, Writer } from '../../stores/index.ts'
import { isIndexed } from './check-keys.ts'
import { validationException } from './errors.ts'
import { itemFromText, itemToBytes } from './item-text.ts'
import { indexRowKey, indexTable, itemRowKey, itemsTable } from './row-keys.ts'
import { keyAttributes, type SecondaryIndex, type Table } from './table.ts'
import { writeExpiry } from './time-to-live.ts'
import type { AttributeValue, Item } from './values/attribute-value.ts'
import { valuesEqual } from './values/compare.ts'
import { normalizeNumber } from './values/decimal.ts'

/** The item of that key, or undefined; `key` may be the key alone or a whole item. */
export function readItem(reader: Reader, table: Table, key: Item): Item | undefined {
  const row = readRow(reader, table, key)
  return row === undefined ? undefined : itemFromText(row)
}

/** The item of that key as it is kept, unread: a character for each byte. */
export function readRow(reader: Reader, table: Table, key: Item): string | undefined {
  return reader.text(itemsTable, itemRowKey(table, key))
}

/** One item's change, either side of which may be missing. */
export interface ItemChange {
  readonly before: Item | undefined
  readonly after: Item | undefined
  /** The size of `after`, where it is known already. */
  readonly size?: number
  /** The row of `after` where it is made already; then `after` may be its key alone, in a table that is plain. */
  readonly row?: Buffer | undefined
}

/** Whether nothing but the items themselves depends on a table's items: then a write need not know what was there. */
export const isPlain = (table: Table): boolean =>
  table.indexes.length === 0 &&
  table.stream === undefined &&
  table.timeToLive === undefined &&
  !table.keepsHistory

/** Writes a change together with every index row that it touches; the stream record is the caller's. */
export function writeChange(
  writer: Writer,
  table: Table,
  key: Item,
  { before, after, size, row }: ItemChange,
): void {
  for (const index of table.indexes) writeIndexRow(writer, table, index, { before, after })
  if (table.timeToLive !== undefined) writeExpiry(writer, table, before, after, item => keyOf(table, item))
  if (after !== undefined) writer.put(itemsTable, itemRowKey(table, key), row ?? itemToBytes(after, size))
  else writer.remove(itemsTable, itemRowKey(table, key))
}

/** Moves an item's row in one index; also used to fill an index that was added to a live table. */
export function writeIndexRow(
  writer: Writer,
  table: Table,
  index: SecondaryIndex,
  { before, after }: ItemChange,
): void {
  const oldKey =
    before !== undefined && isIndexed(index, before) ? indexRowKey(table, index, before) : undefined
  const newKey = after !== undefined && isIndexed(index, after) ? indexRowKey(table, index, after) : undefined
  if (oldKey !== undefined && (newKey === undefined || oldKey !== newKey)) writer.remove(indexTable, oldKey)
  if (newKey !== undefined && after !== undefined)
    writer.put(indexTable, newKey, itemToBytes(projected(table, index, after)))
}

/** What an index shows of an item. */
export function projected(table: Table, index: SecondaryIndex, item: Item): Item {
  if (index.projection.type === 'ALL') return item
  const names = new Set(
    [...keyAttributes(table.key), ...keyAttributes(index.key)].map(attribute => attribute.name),
  )
  if (index.projection.type === 'INCLUDE') for (const name of index.projection.attributes) names.add(name)
  const shown: Record<string, AttributeValue> = Object.create(null)
  for (const name in item) {
    const value = item[name]
    if (names.has(name) && value !== undefined) shown[name] = value
  }
  return shown
}

/** The key attributes of an item, and nothing else. */
export function keyOf(table: Table, item: Item): Item {
  const key: Record<string, AttributeValue> = Object.create(null)
  for (const { name } of keyAttributes(table.key)) {
    const value = item[name]
    if (value !== undefined) key[name] = value
  }
  return key
}

/** Whether a write changed nothing: then no stream record is made. */
export function isUnchanged({ before, after }: ItemChange): boolean {
  if (before === undefined || after === undefined) return before === after
  return valuesEqual({ M: before }, { M: after })
}

/** A key as text that is equal for equal keys, whatever the order of their attributes. */
export function itemKeyText(key: Item): string {
  const names = Object.keys(key)
  const [first = '', second] = names
  // Keys have one or two attributes, and a batch has a hundred keys.
  if (names.length > 2) names.sort()
  else if (second !== undefined && second < first) names.reverse()
  let text = ''
  for (const name of names) text += attributeText(name, key[name])
  return text
}

/** The same of an item that holds its key, and different for each table. */
export function tableKeyText(table: Table, item: Item): string {
  let text = table.id
  for (const { name } of keyAttributes(table.key)) text += attributeText(name, item[name])
  return text
}

/**
 * No two attributes have the same, for each part says how long it is. Transactions look for repeated items before they
 * look at values, so numbers may still be written in several ways.
 */
function attributeText(name: string, value: AttributeValue | undefined): string {
  if (value === undefined) return ''
  if ('S' in value) return partText(name, 'S', value.S)
  if ('N' in value) return partText(name, 'N', normalizeNumber(value.N))
  return 'B' in value ? partText(name, 'B', value.B) : partText(name, '', JSON.stringify(value))
}

const partText = (name: string, type: string, content: string): string =>
  `${name.length}:${name}${type}${content.length}:${content}`

/** A transaction takes each item once. */
export function refuseRepeatedItems(
  actions: readonly { readonly table: Table | undefined; readonly key: Item }[],
): void {
  const seen = new Set<string>()
  for (const { table, key } of actions) {
    if (table === undefined) continue
    const text = tableKeyText(table, key)
    if (seen.has(text))
      throw validationException('Transaction request cannot include multiple operations on one item')
    seen.add(text)
  }
}
