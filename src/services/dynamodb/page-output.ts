import type { QueryCommandOutput, ReturnConsumedCapacity, Select } from '@aws-sdk/client-dynamodb'
import { consumedCapacity } from './capacity.ts'
import type { Page } from './page.ts'
import type { SecondaryIndex, Table } from './table.ts'
import type { Item } from './values/attribute-value.ts'
import type { Wire } from './wire.ts'

/** A page as Query and Scan answer it. */
export function pageOutput(
  input: {
    readonly Select?: Select | undefined
    readonly ConsistentRead?: boolean | undefined
    readonly ReturnConsumedCapacity?: ReturnConsumedCapacity | undefined
  },
  table: Table,
  index: SecondaryIndex | undefined,
  page: Page,
): Wire<Omit<QueryCommandOutput, '$metadata'>> {
  const factor = input.ConsistentRead === true ? 1 : 0.5
  const units = (bytes: number): number => Math.ceil(bytes / 4096) * factor
  const least = page.tableBytes + page.indexBytes === 0 ? factor : 0
  const capacity = consumedCapacity(input.ReturnConsumedCapacity, table, () => ({
    table: units(page.tableBytes) + (index === undefined ? least : 0),
    indexes: index === undefined ? new Map() : new Map([[index, units(page.indexBytes) + least]]),
  }))
  // Members of no value are not written, and cost less than spread objects: decision 026.
  return {
    Items: input.Select === 'COUNT' ? undefined : (page.items as Item[]),
    Count: page.count,
    ScannedCount: page.scannedCount,
    LastEvaluatedKey: page.lastKey,
    ConsumedCapacity: capacity,
  }
}
