import { resourceInUse } from './errors.ts'
import type { DynamoDbState } from './state.ts'
import type { TableRecord } from './table-record.ts'

/** What a table is busy with until a moment of the simulator's clock; nobody has to wake up for it to end. */
export interface Busy {
  readonly status: 'CREATING' | 'UPDATING' | 'DELETING'
  /** Milliseconds since 1970. */
  readonly until: number
  /** The index that is being made. */
  readonly index?: string
}

/** What a change that begins now writes into the table's record; nothing where tables are ready at once. */
export function busyWith(
  { tableDelay }: Pick<DynamoDbState, 'tableDelay'>,
  status: Busy['status'],
  now: number,
  index?: string,
): { readonly busy?: Busy } {
  if (tableDelay === 0) return {}
  return { busy: { status, until: now + tableDelay, ...(index === undefined ? {} : { index }) } }
}

/** A table's status at a moment. */
export function statusAt({ busy }: Pick<TableRecord, 'busy'>, now: number): Busy['status'] | 'ACTIVE' {
  return busy === undefined || now >= busy.until ? 'ACTIVE' : busy.status
}

/** Whether a table's deletion is over: what is left of it counts for nothing. */
export function isGone({ busy }: Pick<TableRecord, 'busy'>, now: number): boolean {
  return busy?.status === 'DELETING' && now >= busy.until
}

/** The index that is being made at a moment. */
export function indexInMaking({ busy }: Pick<TableRecord, 'busy'>, now: number): string | undefined {
  return busy !== undefined && now < busy.until ? busy.index : undefined
}

const activities = { CREATING: 'created', UPDATING: 'updated', DELETING: 'deleted' } as const

/** A table that is busy can be neither changed nor deleted. */
export function checkNotBusy(record: TableRecord, now: number): void {
  const status = statusAt(record, now)
  if (status === 'ACTIVE') return
  throw resourceInUse(
    `Attempt to change a resource which is still in use: Table is being ${activities[status]}: ${record.name}`,
  )
}
