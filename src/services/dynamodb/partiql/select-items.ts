import type { Reader } from '../../../stores/index.ts'
import { checkKeyPaths } from '../check-keys.ts'
import { validationException } from '../errors.ts'
import { evaluateCondition, type KeyTest, valueAt } from '../expressions/index.ts'
import { pathsOf } from '../filter-heads.ts'
import { checkFilterProjected, needsItems } from '../index-projection.ts'
import { queryBounds } from '../query-bounds.ts'
import { readRows } from '../read-rows.ts'
import { requireIndex } from '../select.ts'
import type { KeySchema, SecondaryIndex, Table } from '../table.ts'
import type { AttributeValue, Item } from '../values/attribute-value.ts'
import type { SelectStatement } from './statement.ts'
import { whereTests } from './where-key.ts'

/** Where a SELECT goes on: which of its partitions, and after which row. */
export interface SelectPosition {
  readonly part: number
  readonly after?: Item
}

/** One page of a SELECT. */
export interface SelectPage {
  readonly items: readonly Item[]
  readonly next: SelectPosition | undefined
  readonly tableBytes: number
  readonly indexBytes: number
  readonly index: SecondaryIndex | undefined
}

/** Reads a SELECT's page: a query where the partition key is given (`=`, IN), else a scan. */
export function selectItems(
  reader: Reader,
  table: Table,
  statement: SelectStatement,
  options: {
    readonly limit?: number | undefined
    readonly isConsistent?: boolean | undefined
    readonly from: SelectPosition
    /** Milliseconds since 1970. */
    readonly now: number
  },
): SelectPage {
  const index = requireIndex(
    table,
    { IndexName: statement.indexName, ConsistentRead: options.isConsistent },
    options.now,
    'partiql',
  )
  const key = index?.key ?? table.key
  checkKeyPaths(table, statement.paths ?? [])
  const partitions = partitionTests(key, statement)
  checkOrder(key, statement, partitions !== undefined)
  if (index !== undefined && partitions !== undefined && statement.where !== undefined)
    checkFilterProjected(table, index, pathsOf(statement.where))
  const whole = needsItems(table, index, statement.paths)
  const parts = partitions ?? [undefined]
  const items: Item[] = []
  let [left, tableBytes, indexBytes] = [options.limit, 0, 0]
  for (let part = options.from.part; part < parts.length; part++) {
    if (left === 0) return { items, next: { part }, tableBytes, indexBytes, index }
    const tests = parts[part]
    const bounds = tests === undefined ? undefined : queryBounds(key, tests)
    const page = readRows(reader, {
      table,
      index,
      bounds,
      isDescending: statement.orderBy?.isDescending === true,
      startKey: part === options.from.part ? options.from.after : undefined,
      limit: left,
      filter: statement.where,
      paths: undefined,
      fetchesItems: whole,
      readsItems: statement.paths !== undefined,
    })
    for (const item of page.items) items.push(shownOf(item, statement))
    tableBytes += page.tableBytes
    indexBytes += page.indexBytes
    if (left !== undefined) left -= page.scannedCount
    if (page.lastKey !== undefined) {
      return { items, next: { part, after: page.lastKey }, tableBytes, indexBytes, index }
    }
  }
  return { items, next: undefined, tableBytes, indexBytes, index }
}

/** The tests of each partition that is asked for, or undefined for all of the table. */
function partitionTests(
  key: KeySchema,
  { where }: SelectStatement,
): ReadonlyMap<string, KeyTest>[] | undefined {
  const tests = whereTests(where)
  let partitions: Map<string, KeyTest>[] = [new Map()]
  for (const { name } of key.hash) {
    const found = tests.find(
      one => one.name === name && (one.test.operator === '=' || one.test.operator === 'in'),
    )
    if (found === undefined) return undefined
    partitions = partitions.flatMap(before =>
      found.test.values.map(value => new Map(before).set(name, { operator: '=', values: [value] })),
    )
  }
  for (const { name } of key.range) {
    const found = tests.find(one => one.name === name && one.test.operator !== 'in')?.test
    if (found === undefined || found.operator === 'in') break
    for (const partition of partitions) partition.set(name, found)
    if (found.operator !== '=') break
  }
  return partitions
}

/** Items come in the order of their sort key, within partitions that are named. */
function checkOrder(key: KeySchema, { orderBy }: SelectStatement, isQuery: boolean): void {
  if (orderBy === undefined) return
  if (!isQuery) {
    throw validationException('Must have WHERE clause in the statement when using ORDER BY clause.')
  }
  if (![...key.hash, ...key.range].some(({ name }) => name === orderBy.name)) {
    throw validationException(
      `Variable reference ${orderBy.name} in ORDER BY clause must be part of the primary key`,
    )
  }
}

/** What is asked for of an item: each under its path's last name; an element without a name as PartiQL numbers it. */
function shownOf(item: Item, { paths }: Pick<SelectStatement, 'paths'>): Item {
  if (paths === undefined) return item
  const shown: Record<string, AttributeValue> = Object.create(null)
  for (const [at, path] of paths.entries()) {
    const value = valueAt(item, path)
    const last = path.at(-1)
    if (value !== undefined) shown[typeof last === 'string' ? last : `_${at + 1}`] = value
  }
  return shown
}

/** The one item that a SELECT of a batch or transaction names, if the rest of its condition holds. */
export function selectedItem(statement: SelectStatement, found: Item | undefined): Item | undefined {
  if (found === undefined) return undefined
  if (statement.where !== undefined && !evaluateCondition(statement.where, found)) return undefined
  return shownOf(found, statement)
}
