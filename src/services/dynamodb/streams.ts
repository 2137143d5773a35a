import { mostShards, type StreamViewType } from './table.ts'
import type { TableRecord } from './table-record.ts'

/** A stream that begins now; enabling one again makes another with another ARN. */
export function newStream(
  table: Pick<TableRecord, 'arn' | 'billingMode' | 'throughput'>,
  viewType: StreamViewType,
  now: number,
): NonNullable<TableRecord['stream']> {
  const label = new Date(now).toISOString().replace('Z', '')
  const arn = `${table.arn}/stream/${label}`
  return { label, arn, viewType, isEnabled: true, shards: partitionsOf(table) }
}

/**
 * A stream has a shard for each partition of its table: four of a table on demand, which can do four times what a
 * partition can from the start, and one of a small provisioned table (LocalStack's recordings show one).
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/burst-adaptive-capacity.html
 */
function partitionsOf({ billingMode, throughput }: Pick<TableRecord, 'billingMode' | 'throughput'>): number {
  if (billingMode === 'PAY_PER_REQUEST' || throughput === undefined) return mostShards
  const { ReadCapacityUnits: read, WriteCapacityUnits: write } = throughput
  return Math.min(mostShards, Math.max(1, Math.ceil(read / 3000 + write / 1000)))
}
