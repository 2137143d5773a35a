import type { Reader } from '../../stores/index.ts'
import type { TableCounts } from './describe-table.ts'
import { sizeFromBytes } from './item-text.ts'
import { prefixRange } from './key-range.ts'
import { itemsTable, tablePrefix } from './row-keys.ts'
import type { Table } from './table.ts'

/** Counts a table's items; beyond this many the size is estimated from those that were looked at. */
const measuredItems = 1000

/** Items and bytes of a table. AWS refreshes these about every six hours; here they are of the moment. */
export function countItems(reader: Reader, table: Table): TableCounts {
  let [items, bytes] = [0, 0]
  for (const { value } of reader.range(itemsTable, prefixRange(tablePrefix(table)))) {
    if (items < measuredItems) bytes += sizeFromBytes(value)
    items++
  }
  return { items, bytes: items <= measuredItems ? bytes : Math.round((bytes / measuredItems) * items) }
}
