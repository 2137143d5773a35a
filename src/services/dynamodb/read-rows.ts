import type { Range, Reader } from '../../stores/index.ts'
import { continueAfter, type KeyBounds, keyRange, prefixRange, type TextRange } from './key-range.ts'
import { type Page, type PageRequest, readPage } from './page.ts'
import { indexPrefix, indexRowKey, itemRowKey, tablePrefix } from './row-keys.ts'
import type { KeySchema, SecondaryIndex, Table } from './table.ts'
import type { Item } from './values/attribute-value.ts'
import { valuesEqual } from './values/compare.ts'

/** Which rows of a table, or of one of its indexes, a request walks over. */
export interface RowWalk extends Omit<PageRequest, 'belongs'> {
  /** One partition with what is asked of its sort keys; absent: every row. */
  readonly bounds?: KeyBounds | undefined
  /** A part of all rows: the segment of a parallel scan. */
  readonly within?: Range | undefined
  readonly isDescending?: boolean
  /** The key of the last page's last item. */
  readonly startKey?: Item | undefined
}

/** Where a row stands, by the item that it shows. */
export const rowKeyOf = (table: Table, index: SecondaryIndex | undefined, item: Item): string =>
  index === undefined ? itemRowKey(table, item) : indexRowKey(table, index, item)

/** Every row of a table or an index. */
export const allRows = (table: Table, index: SecondaryIndex | undefined): TextRange =>
  prefixRange(index === undefined ? tablePrefix(table) : indexPrefix(table, index))

/** Reads one page of a Query, a Scan or a SELECT. */
export function readRows(reader: Reader, walk: RowWalk): Page {
  const { table, index, bounds, within, startKey, isDescending = false } = walk
  const all = bounds === undefined ? (within ?? allRows(table, index)) : keyRange(table, index, bounds)
  const range = { ...all, reverse: isDescending }
  const rows = startKey === undefined ? range : continueAfter(range, rowKeyOf(table, index, startKey))
  // Index rows of partitions whose digests collide lie together.
  const belongs =
    index === undefined || bounds === undefined
      ? {}
      : { belongs: (row: Item) => isOf(index.key, bounds, row) }
  return readPage(reader, rows, { ...walk, ...belongs })
}

function isOf(key: KeySchema, { hash }: KeyBounds, row: Item): boolean {
  return key.hash.every(({ name }, at) => {
    const [value, asked] = [row[name], hash[at]]
    return value !== undefined && asked !== undefined && valuesEqual(value, asked)
  })
}
