import { AwsError } from '../../../aws/index.ts'
import type { Reader } from '../../../stores/index.ts'
import { type Caller, findTable } from '../state.ts'
import type { TableRecord } from '../table-record.ts'

/** A stream with the table that it belongs to. */
export interface FoundStream {
  readonly record: TableRecord
  readonly stream: NonNullable<TableRecord['stream']>
}

/** The stream of that ARN; a table's former streams cannot be found any more. */
export function requireStream(reader: Reader, caller: Caller, streamArn: string): FoundStream {
  const tableArn = streamArn.replace(/\/stream\/[^/]*$/, '')
  const record = tableArn === streamArn ? undefined : findTable(reader, caller, tableArn)?.record
  if (record?.stream?.arn !== streamArn) {
    throw new AwsError(
      'ResourceNotFoundException',
      `Requested resource not found: Stream: ${streamArn} not found`,
    )
  }
  return { record, stream: record.stream }
}
