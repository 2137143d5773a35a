import { AwsError } from '../../aws/index.ts'
import type { Reader } from '../../stores/index.ts'
import { type Caller, findTable } from './state.ts'
import type { Table } from './table.ts'
import type { TableRecord } from './table-record.ts'

/** The table that an operation about backups names; they have a word of their own for one that is missing. */
export function requireRecord(
  reader: Reader,
  caller: Caller,
  nameOrArn = '',
): { readonly record: TableRecord; readonly table: Table } {
  const found = findTable(reader, caller, nameOrArn)
  if (found === undefined) throw new AwsError('TableNotFoundException', `Table not found: ${nameOrArn}`)
  return found
}
