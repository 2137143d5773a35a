import type { ConsumedCapacity, ReturnConsumedCapacity } from '@aws-sdk/client-dynamodb'
import { isIndexed } from './check-keys.ts'
import { type ItemChange, projected } from './items.ts'
import type { SecondaryIndex, Table } from './table.ts'
import type { Item } from './values/attribute-value.ts'
import { valuesEqual } from './values/compare.ts'
import { itemSize } from './values/item-size.ts'

/** Units for reading so many bytes; half of them where the read need not be consistent. */
export function readUnits(bytes: number, isConsistent: boolean): number {
  return Math.max(1, Math.ceil(bytes / 4096)) * (isConsistent ? 1 : 0.5)
}

/** Units for writing an item of so many bytes. */
export const writeUnits = (bytes: number): number => Math.max(1, Math.ceil(bytes / 1024))

/** What one operation consumed, by table and index. */
export interface Consumption {
  readonly table: number
  readonly indexes: ReadonlyMap<SecondaryIndex, number>
}

/** What a change of one item costs its table and each index that it touches. */
export function writeConsumption(table: Table, change: ItemChange, factor = 1): Consumption {
  const { before, after } = change
  const size = Math.max(
    before === undefined ? 0 : itemSize(before),
    after === undefined ? 0 : itemSize(after),
  )
  const indexes = new Map<SecondaryIndex, number>()
  for (const index of table.indexes) {
    const units = indexUnits(table, index, before, after)
    if (units > 0) indexes.set(index, units * factor)
  }
  return { table: writeUnits(size) * factor, indexes }
}

/** A row that moves costs a delete and a put. */
function indexUnits(
  table: Table,
  index: SecondaryIndex,
  before: Item | undefined,
  after: Item | undefined,
): number {
  const rows = [before, after].map(item =>
    item !== undefined && isIndexed(index, item) ? projected(table, index, item) : undefined,
  )
  const [old, fresh] = rows
  if (old !== undefined && fresh !== undefined) {
    if (valuesEqual({ M: old }, { M: fresh })) return 0
    const moves = [...index.key.hash, ...index.key.range].some(({ name }) => {
      const [a, b] = [old[name], fresh[name]]
      return a === undefined || b === undefined || !valuesEqual(a, b)
    })
    return moves
      ? writeUnits(itemSize(old)) + writeUnits(itemSize(fresh))
      : writeUnits(Math.max(itemSize(old), itemSize(fresh)))
  }
  return old === undefined && fresh === undefined ? 0 : writeUnits(itemSize(old ?? fresh ?? {}))
}

/** Adds up what several operations consumed. */
export function sumConsumption(parts: readonly Consumption[]): Consumption {
  const indexes = new Map<SecondaryIndex, number>()
  for (const part of parts)
    for (const [index, units] of part.indexes) indexes.set(index, (indexes.get(index) ?? 0) + units)
  return { table: parts.reduce((total, part) => total + part.table, 0), indexes }
}

/** `ConsumedCapacity` in the detail that was asked for. */
export function consumedCapacity(
  detail: ReturnConsumedCapacity | undefined,
  table: Table,
  consumed: Consumption | (() => Consumption),
  kind?: 'read' | 'write',
): ConsumedCapacity | undefined {
  if (detail !== 'TOTAL' && detail !== 'INDEXES') return undefined
  const consumption = typeof consumed === 'function' ? consumed() : consumed
  const units = (capacity: number) =>
    kind === undefined
      ? { CapacityUnits: capacity }
      : { CapacityUnits: capacity, [kind === 'read' ? 'ReadCapacityUnits' : 'WriteCapacityUnits']: capacity }
  const total = [...consumption.indexes.values()].reduce((sum, capacity) => sum + capacity, consumption.table)
  const capacity: ConsumedCapacity = { TableName: table.name, ...units(total) }
  if (detail === 'TOTAL') return capacity
  capacity.Table = units(consumption.table)
  for (const [index, used] of consumption.indexes) {
    const kindOfIndex = index.isGlobal ? 'GlobalSecondaryIndexes' : 'LocalSecondaryIndexes'
    capacity[kindOfIndex] = { ...capacity[kindOfIndex], [index.name]: units(used) }
  }
  return capacity
}
