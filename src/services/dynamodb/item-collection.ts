import type { ReturnItemCollectionMetrics } from '@aws-sdk/client-dynamodb'
import type { Table } from './table.ts'
import type { Item } from './values/attribute-value.ts'

/** `ItemCollectionMetrics`: only tables with local indexes have item collections; sizes are AWS's coarse estimate. */
export function collectionMetrics(
  wanted: ReturnItemCollectionMetrics | undefined,
  table: Table,
  item: Item,
): { ItemCollectionKey: Item; SizeEstimateRangeGB: number[] } | undefined {
  if (wanted !== 'SIZE' || table.indexes.every(index => index.isGlobal)) return undefined
  const name = table.key.hash[0]?.name ?? ''
  const value = item[name]
  return value === undefined
    ? undefined
    : { ItemCollectionKey: { [name]: value }, SizeEstimateRangeGB: [0, 1] }
}
