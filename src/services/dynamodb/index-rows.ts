import type { Writer } from '../../stores/index.ts'
import { itemFromBytes } from './item-text.ts'
import { writeIndexRow } from './items.ts'
import { prefixRange } from './key-range.ts'
import { indexPrefix, indexTable, itemsTable, tablePrefix } from './row-keys.ts'
import type { SecondaryIndex, Table } from './table.ts'

/** Gives an index that was added to a live table its rows; items whose attributes do not fit are left out. */
export function fillIndex(writer: Writer, table: Table, index: SecondaryIndex): void {
  for (const { value } of [...writer.range(itemsTable, prefixRange(tablePrefix(table)))]) {
    writeIndexRow(writer, table, index, { before: undefined, after: itemFromBytes(value) })
  }
}

/** Removes the rows of an index that a table no longer has. */
export function removeIndexRows(writer: Writer, table: Table, index: SecondaryIndex): void {
  for (const { key } of [...writer.range(indexTable, prefixRange(indexPrefix(table, index)))])
    writer.remove(indexTable, key)
}
