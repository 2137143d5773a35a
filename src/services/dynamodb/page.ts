import type { Entry, Reader } from '../../stores/index.ts'
import { type Condition, evaluateCondition, type Path, project } from './expressions/index.ts'
import { itemFromBytes } from './item-text.ts'
import { keyOf } from './items.ts'
import { itemRowKey, itemsTable } from './row-keys.ts'
import { keyAttributes, type SecondaryIndex, type Table } from './table.ts'
import type { AttributeValue, Item } from './values/attribute-value.ts'
import { itemSize } from './values/item-size.ts'

/** A page ends once it has read this many bytes. */
const maximumPageSize = 1024 * 1024

/** What a Query or Scan wants of the rows that it walks over. */
export interface PageRequest {
  readonly table: Table
  readonly index: SecondaryIndex | undefined
  readonly limit: number | undefined
  readonly filter: Condition | undefined
  readonly paths: readonly Path[] | undefined
  /** Reads whole items though the (local) index does not project them. */
  readonly fetchesItems: boolean
  /** Leaves out rows that only share their partition's digest. */
  readonly belongs?: (row: Item) => boolean
}

/** One page of results. */
export interface Page {
  readonly items: readonly Item[]
  readonly scannedCount: number
  readonly lastKey: Item | undefined
  /** Bytes read of the table and of the index. */
  readonly tableBytes: number
  readonly indexBytes: number
}

/** Walks rows until the limit, a megabyte or the end; the filter comes after the limit, as documented. */
export function readPage(reader: Reader, rows: Iterable<Entry>, request: PageRequest): Page {
  const items: Item[] = []
  let [scannedCount, tableBytes, indexBytes] = [0, 0, 0]
  let lastRow: Item | undefined
  let isCut = false
  for (const { value } of rows) {
    const row = itemFromBytes(value)
    if (request.belongs !== undefined && !request.belongs(row)) continue
    if (scannedCount === request.limit || tableBytes + indexBytes >= maximumPageSize) {
      isCut = true
      break
    }
    scannedCount++
    lastRow = row
    const item = request.fetchesItems ? wholeItem(reader, request.table, row) : row
    if (request.index !== undefined) indexBytes += itemSize(row)
    if (request.index === undefined || request.fetchesItems) tableBytes += itemSize(item)
    if (request.filter !== undefined && !evaluateCondition(request.filter, item)) continue
    items.push(request.paths === undefined ? item : project(item, request.paths))
  }
  // DynamoDB answers a LastEvaluatedKey whenever the limit was reached, also when nothing follows.
  const ends = !isCut && scannedCount !== request.limit
  return {
    items,
    scannedCount,
    lastKey: ends || lastRow === undefined ? undefined : startKeyOf(request.table, request.index, lastRow),
    tableBytes,
    indexBytes,
  }
}

function wholeItem(reader: Reader, table: Table, row: Item): Item {
  const bytes = reader.get(itemsTable, itemRowKey(table, row))
  if (bytes === undefined) throw new Error('an index row without its item')
  return itemFromBytes(bytes)
}

/** What the next page starts after: the table's key, and the index's where one is read. */
function startKeyOf(table: Table, index: SecondaryIndex | undefined, row: Item): Item {
  const key: Record<string, AttributeValue> = Object.assign(Object.create(null), keyOf(table, row))
  if (index !== undefined) {
    for (const { name } of keyAttributes(index.key)) {
      const value = row[name]
      if (value !== undefined) key[name] = value
    }
  }
  return key
}
