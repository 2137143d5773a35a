import type { Range, Reader } from '../../stores/index.ts'
import { type Condition, evaluateCondition, type Path, project } from './expressions/index.ts'
import { itemFromText, sizeFromText, writtenItem } from './item-text.ts'
import { readItem } from './items.ts'
import { keptAttributes } from './kept-attributes.ts'
import { PageSize } from './page-size.ts'
import { indexTable, itemsTable } from './row-keys.ts'
import { keyAttributes, type SecondaryIndex, type Table } from './table.ts'
import type { AttributeValue, Item } from './values/attribute-value.ts'
import { itemSize } from './values/item-size.ts'

/** What a Query or Scan wants of the rows that it walks over. */
export interface PageRequest {
  readonly table: Table
  readonly index: SecondaryIndex | undefined
  readonly limit: number | undefined
  readonly filter: Condition | undefined
  readonly paths: readonly Path[] | undefined
  /** Reads whole items though the (local) index does not project them. */
  readonly fetchesItems: boolean
  /** The caller looks into the items that it gets. */
  readonly readsItems?: boolean
  /** `Select: COUNT`: the items themselves are not asked for. */
  readonly countsOnly?: boolean
  /** Leaves out rows that only share their partition's digest. */
  readonly belongs?: (row: Item) => boolean
}

/** One page of results. */
export interface Page {
  readonly items: readonly Item[]
  readonly count: number
  readonly scannedCount: number
  readonly lastKey: Item | undefined
  /** Bytes read of the table and of the index. */
  readonly tableBytes: number
  readonly indexBytes: number
}

/** Walks rows until the limit, a megabyte or the end; the filter comes after the limit, as documented. */
export function readPage(reader: Reader, range: Range, request: PageRequest): Page {
  const { table, index, limit, filter, paths, fetchesItems, belongs } = request
  // What nobody looks into goes from the store to the answer as text.
  const isUnread =
    filter === undefined &&
    paths === undefined &&
    belongs === undefined &&
    !fetchesItems &&
    !request.readsItems
  const items: Item[] = []
  let [scannedCount, count, tableBytes, indexBytes] = [0, 0, 0, 0]
  let last: string | undefined
  let [isCut, isFull] = [false, false]
  const size = new PageSize(table)
  // Rows that are left out do not count, so only then more are read than asked for.
  const rows = limit === undefined || belongs !== undefined ? range : { ...range, limit }
  for (const value of reader.texts(index === undefined ? itemsTable : indexTable, rows)) {
    const row = isUnread ? undefined : itemFromText(value)
    if (row !== undefined && belongs !== undefined && !belongs(row)) continue
    if (scannedCount === limit || isFull) {
      isCut = true
      break
    }
    scannedCount++
    last = value
    isFull = size.add(value)
    if (index !== undefined) indexBytes += sizeFromText(value)
    if (row === undefined) {
      if (index === undefined) tableBytes += sizeFromText(value)
      count++
      if (!request.countsOnly) items.push(writtenItem(value))
      continue
    }
    const item = fetchesItems ? wholeItem(reader, table, row) : row
    if (fetchesItems) tableBytes += itemSize(item)
    else if (index === undefined) tableBytes += sizeFromText(value)
    if (filter !== undefined && !evaluateCondition(filter, item)) continue
    count++
    if (!request.countsOnly) items.push(paths === undefined ? item : project(item, paths))
  }
  // DynamoDB answers a LastEvaluatedKey whenever a limit was reached, also when nothing follows.
  const ends = !isCut && scannedCount !== limit && !isFull
  return {
    items,
    count,
    scannedCount,
    lastKey: ends || last === undefined ? undefined : startKeyOf(table, index, last),
    tableBytes,
    indexBytes,
  }
}

function wholeItem(reader: Reader, table: Table, row: Item): Item {
  const item = readItem(reader, table, row)
  if (item === undefined) throw new Error('an index row without its item')
  return item
}

/** What the next page starts after: the table's key, and the index's where one is read. */
function startKeyOf(table: Table, index: SecondaryIndex | undefined, row: string): Item {
  const attributes =
    index === undefined
      ? keyAttributes(table.key)
      : [...keyAttributes(table.key), ...keyAttributes(index.key)]
  const names = attributes.map(({ name }) => name)
  const kept = keptAttributes(row, names)
  const key: Record<string, AttributeValue> = Object.create(null)
  for (const name of names) {
    const value = kept[name]
    if (value !== undefined) key[name] = value
  }
  return key
}
