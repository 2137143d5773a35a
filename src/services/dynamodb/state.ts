import { Buffer } from 'node:buffer'
import type { Operation, OperationContext, ServiceEnvironment } from '../../aws/index.ts'
import { type Bytes, encodeKey, type Reader } from '../../stores/index.ts'
import type { BucketObjects } from './bucket-objects.ts'
import { resourceNotFound } from './errors.ts'
import type { Table } from './table.ts'
import type { ItemCounts } from './table-counts.ts'
import { compileTable, type TableRecord } from './table-record.ts'
import { isGone, statusAt } from './table-status.ts'
import type { Wire } from './wire.ts'

/** What all operations share. */
export interface DynamoDbState
  extends Pick<ServiceEnvironment, 'store' | 'clock' | 'ids' | 'log' | 'activity' | 'events' | 'chaos'> {
  /** Compiled tables with the text that they were compiled from; the store alone knows what is true. */
  readonly compiled: Map<
    string,
    { readonly key: string; readonly text: string; readonly record: TableRecord; readonly table: Table }
  >
  /** Milliseconds of the simulator's clock that tables are CREATING, UPDATING or DELETING. */
  readonly tableDelay: number
  /** Awaited before a new table is answered. */
  readonly tableMade: (table: string) => Promise<void>
  /** Buckets that are exported to and imported from. */
  readonly objects: BucketObjects
  /** ARNs of the exports and imports that this process works on. */
  readonly jobs: Set<string>
  /** Says how many items tables hold. */
  readonly counts: ItemCounts
  /** Removes what time to live says. */
  readonly expiry: { look(): void; stop(): void }
}

/** An operation of this service, typed as the SDK types it, with attribute values as on the wire. */
export type DynamoDbOperation<Input, Output> = Operation<DynamoDbState, Wire<Input>, Wire<Output>>

/** Whose table is meant. */
export type Caller = Pick<OperationContext<DynamoDbState>, 'account' | 'region'> & {
  readonly state: Pick<DynamoDbState, 'compiled' | 'clock'>
}

/** The store's table that holds `TableRecord`s, by account, region and name. */
export const tableRecords = 'dynamodb/tables'

/** Where a table's record stands; operations also take the table's ARN for its name. */
export function tableRecordKey({ account, region }: Caller, nameOrArn: string): Bytes {
  const arn = /^arn:[^:]+:dynamodb:([^:]*):([^:]*):table\/([^/]+)$/.exec(nameOrArn)
  if (arn === null) return encodeKey(account, region, nameOrArn)
  return encodeKey(arn[2] ?? '', arn[1] ?? '', arn[3] ?? '')
}

/** A table's record with its compiled form, or undefined. Compiled once per change of the record. */
export function findTable(
  reader: Reader,
  caller: Caller,
  nameOrArn: string,
): { readonly record: TableRecord; readonly table: Table } | undefined {
  const id = `${caller.account} ${caller.region} ${nameOrArn}`
  const known = caller.state.compiled.get(id)
  const key = known?.key ?? Buffer.from(tableRecordKey(caller, nameOrArn)).toString('latin1')
  const text = reader.text(tableRecords, key)
  if (text === undefined) return undefined
  if (known?.text === text) return present(known, caller)
  const record = JSON.parse(Buffer.from(text, 'latin1').toString()) as TableRecord
  const compiled = { key, text, record, table: compileTable(record) }
  caller.state.compiled.set(id, compiled)
  return present(compiled, caller)
}

/** A table whose deletion is over is not there any more. */
function present<Found extends { readonly record: TableRecord }>(
  found: Found,
  { state }: Caller,
): Found | undefined {
  return found.record.busy !== undefined && isGone(found.record, state.clock.now()) ? undefined : found
}

/** The table that an item operation names; a table that is being made or deleted is as good as none. */
export function requireTable(reader: Reader, caller: Caller, nameOrArn: string): Table {
  const found = findTable(reader, caller, nameOrArn)
  if (found === undefined) throw resourceNotFound()
  if (found.record.busy !== undefined) {
    const status = statusAt(found.record, caller.state.clock.now())
    if (status === 'CREATING' || status === 'DELETING') throw resourceNotFound()
  }
  return found.table
}
