import { Buffer } from 'node:buffer'
import type { Reader, Writer } from '../../stores/index.ts'
import { type ItemChange, keyOf } from './items.ts'
import { prefixRange } from './key-range.ts'
import { longText, numberText, tablePrefix } from './row-keys.ts'
import type { Table } from './table.ts'
import type { Item } from './values/attribute-value.ts'

/** The store's table of what was there before changes: table id · millisecond · count within it. */
const historyTable = 'dynamodb/history'

/** One change as point-in-time recovery undoes it. */
export interface PastChange {
  readonly key: Item
  /** Absent: the item was made by this change. */
  readonly before?: Item
}

const timePrefix = (table: Table, now: number): string => tablePrefix(table) + longText(now)

/** Keeps what a change overwrites. */
export function keepHistory(writer: Writer, table: Table, { before, after }: ItemChange, now: number): void {
  const item = after ?? before
  if (item === undefined) return
  const prefix = timePrefix(table, now)
  let count = 0
  for (const { key } of writer.range(historyTable, { ...prefixRange(prefix), reverse: true, limit: 1 }))
    count = Buffer.from(key).readUInt32BE(prefix.length) + 1
  const change: PastChange = { key: keyOf(table, item), ...(before === undefined ? {} : { before }) }
  writer.put(historyTable, prefix + numberText(count), Buffer.from(JSON.stringify(change)))
}

/** What happened after a moment, the latest change first: undone in this order, the table is as it was then. */
export function* changesAfter(reader: Reader, table: Table, time: number): Iterable<PastChange> {
  const { to } = prefixRange(tablePrefix(table))
  const range = { from: timePrefix(table, time + 1), ...(to === undefined ? {} : { to }), reverse: true }
  for (const { value } of reader.range(historyTable, range))
    yield JSON.parse(Buffer.from(value).toString()) as PastChange
}

/** Forgets changes up to a moment, or all. */
export function forgetHistory(writer: Writer, table: Table, until = Number.MAX_SAFE_INTEGER): void {
  const range = { ...prefixRange(tablePrefix(table)), to: timePrefix(table, until) }
  for (const { key } of [...writer.range(historyTable, range)]) writer.remove(historyTable, key)
}
