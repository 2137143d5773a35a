import { Buffer } from 'node:buffer'
import type { Bytes, Reader, Writer } from '../../stores/index.ts'
import { itemFromBytes } from './item-text.ts'
import { prefixRange } from './key-range.ts'
import { digestText, itemRowKey, itemsTable, longText, tablePrefix } from './row-keys.ts'
import type { Table } from './table.ts'
import type { Item } from './values/attribute-value.ts'

/** The store's table of what expires when: second · table id · digest of the item's key. */
const expiriesTable = 'dynamodb/expiries'

/** Times further back are taken for mistakes. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-before-you-start.html */
const oldest = 5 * 365 * 24 * 60 * 60

/** One item that is due. */
export interface Expiry {
  readonly rowKey: Bytes
  readonly second: number
  readonly tableArn: string
  readonly key: Item
}

/** The second in which an item expires; undefined for items that never do. */
export function expirySecond(table: Table, item: Item | undefined): number | undefined {
  if (table.timeToLive === undefined || item === undefined) return undefined
  const value = Object.hasOwn(item, table.timeToLive) ? item[table.timeToLive] : undefined
  const second = value !== undefined && 'N' in value ? Math.floor(Number(value.N)) : Number.NaN
  return second > 0 && second < 2 ** 47 ? second : undefined
}

const expiryKey = (table: Table, second: number, item: Item): string =>
  longText(second) + tablePrefix(table) + digestText(itemRowKey(table, item))

/** Keeps an item's place among what expires, in the transaction that changes it. */
export function writeExpiry(
  writer: Writer,
  table: Table,
  before: Item | undefined,
  after: Item | undefined,
  keyOf: (item: Item) => Item,
): void {
  const [old, fresh] = [expirySecond(table, before), expirySecond(table, after)]
  if (old === fresh) return
  if (old !== undefined && before !== undefined) writer.remove(expiriesTable, expiryKey(table, old, before))
  if (fresh === undefined || after === undefined) return
  const value = Buffer.from(JSON.stringify({ tableArn: table.arn, key: keyOf(after) }))
  writer.put(expiriesTable, expiryKey(table, fresh, after), value)
}

/** Gives the items of a table whose time to live was switched on their places. */
export function fillExpiries(writer: Writer, table: Table, keyOf: (item: Item) => Item): void {
  for (const { value } of [...writer.range(itemsTable, prefixRange(tablePrefix(table)))])
    writeExpiry(writer, table, undefined, itemFromBytes(value), keyOf)
}

/** Takes a table's items off the list again. */
export function removeExpiries(writer: Writer, table: Table): void {
  const id = tablePrefix(table)
  for (const { key } of [...writer.range(expiriesTable, {})])
    if (Buffer.from(key).toString('latin1', 8, 8 + id.length) === id) writer.remove(expiriesTable, key)
}

/** Takes one place off the list. */
export const removeExpiry = (writer: Writer, { rowKey }: Expiry): boolean =>
  writer.remove(expiriesTable, rowKey)

/** What expires first, at most so many. */
export function firstExpiries(reader: Reader, limit: number): Expiry[] {
  return [...reader.range(expiriesTable, { limit })].map(({ key, value }) => ({
    rowKey: Buffer.from(key),
    second: Number(Buffer.from(key).readBigUInt64BE()),
    ...(JSON.parse(Buffer.from(value).toString()) as { tableArn: string; key: Item }),
  }))
}

/** Whether time to live removes an item of that second now. */
export function isExpired(second: number, now: number): boolean {
  return second * 1000 <= now && second * 1000 > now - oldest * 1000
}
