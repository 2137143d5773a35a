import type { Buffer } from 'node:buffer'
import type { OperationContext } from '../../aws/index.ts'
import type { Writer } from '../../stores/index.ts'
import { conditionalCheckFailed } from './errors.ts'
import { type Condition, evaluateCondition } from './expressions/index.ts'
import { type ItemChange, isPlain, readItem, writeChange } from './items.ts'
import type { DynamoDbState } from './state.ts'
import { appendRecord, type ChangeOrigin } from './stream-log.ts'
import type { Table } from './table.ts'
import type { Item } from './values/attribute-value.ts'

/** One item's write: where it stands, what must hold, and what becomes of it. */
export interface ItemWrite {
  readonly table: Table
  /** The key alone or a whole item. */
  readonly key: Item
  readonly condition: Condition | undefined
  /** Shows the item with the error when the condition does not hold. */
  readonly showsItem: boolean
  /** Nobody asks what was there before: it is not read where the table does not need it either. */
  readonly isBlind?: boolean
  /** The size of the item afterwards, where it is known already. */
  readonly size?: number | undefined
  /** Its row, where the item is as it was sent; see `ItemChange`. */
  readonly row?: Buffer | undefined
  /** The item afterwards, undefined for none; may throw what is wrong with it, and tell the size where it has measured. */
  readonly next: (before: Item | undefined, measured: (size: number) => void) => Item | undefined
}

/** What a write makes of the item that is there, once its condition holds. */
export function checkedChange(write: ItemWrite, before: Item | undefined): ItemChange {
  if (write.condition !== undefined && !evaluateCondition(write.condition, before ?? {})) {
    throw conditionalCheckFailed(write.showsItem ? before : undefined)
  }
  let { size } = write
  const after = write.next(before, measured => {
    size = measured
  })
  return size === undefined ? { before, after } : { before, after, size, row: write.row }
}

/** Reads, checks the condition, writes item, index rows and stream record: all or nothing, within the transaction. */
export function writeItem(writer: Writer, write: ItemWrite, origin: ChangeOrigin): ItemChange {
  const isBlind = write.isBlind === true && write.condition === undefined && isPlain(write.table)
  const change = checkedChange(write, isBlind ? undefined : readItem(writer, write.table, write.key))
  writeChange(writer, write.table, write.key, change)
  appendRecord(writer, write.table, change, origin)
  return change
}

/** Only streams need an id; a transaction that runs again gets the same. A class: see decision 025 on literals with getters. */
class RequestOrigin implements ChangeOrigin {
  readonly now: number
  readonly #newId: () => string
  #eventId: string | undefined

  constructor(now: number, newId: () => string) {
    this.now = now
    this.#newId = newId
  }

  get eventId(): string {
    this.#eventId ??= this.#newId().replaceAll('-', '')
    return this.#eventId
  }
}

/** Who and when of the changes that one request makes; ids are made outside the transaction, which may run again. */
export function originOf({ now, newId }: OperationContext<DynamoDbState>): ChangeOrigin {
  return new RequestOrigin(now, newId)
}

/** Tells those who wait for a table's stream that it has grown, and what removes items that expire. */
export function announce(context: OperationContext<DynamoDbState>, table: Table): void {
  if (table.timeToLive !== undefined) context.state.expiry.look()
  if (table.stream !== undefined)
    context.emit({ type: 'StreamGrew', detail: { table: table.name, streamArn: table.stream.arn } })
}
