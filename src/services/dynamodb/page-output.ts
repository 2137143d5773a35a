import type { QueryCommandOutput, ReturnConsumedCapacity, Select } from '@aws-sdk/client-dynamodb'
import { consumedCapacity } from './capacity.ts'
import type { Page } from './page.ts'
import type { SecondaryIndex, Table } from './table.ts'
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
  const capacity = consumedCapacity(input.ReturnConsumedCapacity, table, {
    table: units(page.tableBytes) + (index === undefined ? least : 0),
    indexes: index === undefined ? new Map() : new Map([[index, units(page.indexBytes) + least]]),
  })
  return {
    ...(input.Select === 'COUNT' ? {} : { Items: [...page.items] }),
    Count: page.count,
    ScannedCount: page.scannedCount,
    ...(page.lastKey === undefined ? {} : { LastEvaluatedKey: page.lastKey }),
    ...(capacity === undefined ? {} : { ConsumedCapacity: capacity }),
  }
}
