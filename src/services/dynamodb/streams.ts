import type { StreamViewType } from './table.ts'
import type { TableRecord } from './table-record.ts'

/** A stream that begins now; enabling one again makes another with another ARN. */
export function newStream(
  tableArn: string,
  viewType: StreamViewType,
  now: number,
): NonNullable<TableRecord['stream']> {
  const label = new Date(now).toISOString().replace('Z', '')
  return { label, arn: `${tableArn}/stream/${label}`, viewType, isEnabled: true }
}
