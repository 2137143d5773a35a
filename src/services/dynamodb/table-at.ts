import { AwsError } from '../../aws/index.ts'
import type { Reader } from '../../stores/index.ts'
import { changesAfter } from './history.ts'
import { itemFromBytes } from './item-text.ts'
import { prefixRange } from './key-range.ts'
import { itemRowKey, itemsTable, tablePrefix } from './row-keys.ts'
import type { Table } from './table.ts'
import type { TableRecord } from './table-record.ts'
import type { Item } from './values/attribute-value.ts'

/** What a table's point-in-time recovery keeps; a table without it cannot be looked at as it was. */
export function requireRecovery(record: TableRecord): NonNullable<TableRecord['pointInTimeRecovery']> {
  if (record.pointInTimeRecovery !== undefined) return record.pointInTimeRecovery
  throw new AwsError(
    'PointInTimeRecoveryUnavailableException',
    `Point in time recovery is not enabled for table '${record.name}'`,
  )
}

/** The items of a table as they were at a moment, by undoing what was changed since. */
export function itemsAt(reader: Reader, table: Table, time: number): Iterable<Item> {
  const items = new Map<string, Item>()
  for (const { value } of reader.range(itemsTable, prefixRange(tablePrefix(table)))) {
    const item = itemFromBytes(value)
    items.set(itemRowKey(table, item), item)
  }
  for (const { key, before } of changesAfter(reader, table, time)) {
    if (before === undefined) items.delete(itemRowKey(table, key))
    else items.set(itemRowKey(table, key), before)
  }
  return items.values()
}
