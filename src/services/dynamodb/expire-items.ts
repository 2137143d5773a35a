import type { DomainEvent } from '../../ports/index.ts'
import { readItem } from './items.ts'
import { type Caller, type DynamoDbState, findTable } from './state.ts'
import type { Table } from './table.ts'
import { expirySecond, firstExpiries, isExpired, removeExpiry } from './time-to-live.ts'
import { writeItem } from './write-item.ts'

/** Items that one transaction removes. */
const removedAtOnce = 100

/** What removing expired items needs. */
type Parts = Omit<DynamoDbState, 'expiry'>

/** Time to live at work: sleeps on the simulator's clock until something is due. */
export interface ItemExpiry {
  /** What is due first may have changed. */
  look(): void
  stop(): void
}

/** Removes items whose time has come, as DynamoDB itself does: with a stream record that says so. */
export function createItemExpiry(state: Parts): ItemExpiry {
  const { store, clock, activity, log } = state
  let stopped = false
  let due = Number.POSITIVE_INFINITY
  let cancel = (): void => {}

  async function lookUp(): Promise<void> {
    const [first] = await store.read(reader => firstExpiries(reader, 1))
    const next = first === undefined ? Number.POSITIVE_INFINITY : first.second * 1000
    if (stopped || next === due) return
    cancel()
    due = next
    cancel = next === Number.POSITIVE_INFINITY ? () => {} : clock.after(next - clock.now(), expire)
  }

  function expire(): void {
    due = Number.POSITIVE_INFINITY
    const ended = activity.begin('time to live')
    removeAll()
      .then(lookUp)
      .catch(error => log.error({ err: error }, 'Expired items could not be removed'))
      .finally(ended)
  }

  async function removeAll(): Promise<void> {
    while (!stopped && (await removeSome(state))) {}
  }

  return {
    look: () =>
      void lookUp().catch(error => log.error({ err: error }, 'Time to live could not be looked up')),
    stop() {
      stopped = true
      cancel()
    },
  }
}

/** Removes what is due, a transaction's worth; answers whether there may be more. */
async function removeSome(state: Parts): Promise<boolean> {
  const { store, clock, ids, events } = state
  const now = clock.now()
  const eventIds = Array.from({ length: removedAtOnce }, () => ids.uuid().replaceAll('-', ''))
  const { grown, isMore } = await store.transaction(writer => {
    const grown = new Map<string, Table>()
    const all = firstExpiries(writer, removedAtOnce).filter(one => one.second * 1000 <= now)
    for (const [index, expiry] of all.entries()) {
      removeExpiry(writer, expiry)
      const caller = ownerOf(state, expiry.tableArn)
      const table = findTable(writer, caller, expiry.tableArn)?.table
      const before = table === undefined ? undefined : readItem(writer, table, expiry.key)
      // What the list says may be of a table that was deleted, and made again since.
      if (table === undefined || expirySecond(table, before) !== expiry.second) continue
      if (!isExpired(expiry.second, now)) continue
      writeItem(
        writer,
        { table, key: expiry.key, condition: undefined, showsItem: false, next: () => undefined },
        { now, eventId: eventIds[index] ?? '', isExpiry: true },
      )
      grown.set(table.arn, table)
    }
    return { grown, isMore: all.length === removedAtOnce }
  })
  for (const table of grown.values()) {
    if (table.stream === undefined) continue
    const { account, region } = ownerOf(state, table.arn)
    const event: DomainEvent = {
      source: 'dynamodb',
      type: 'StreamGrew',
      account,
      region,
      time: now,
      detail: { table: table.name, streamArn: table.stream.arn },
    }
    events.emit(event)
  }
  return isMore
}

function ownerOf(state: Parts, arn: string): Caller {
  const [, , , region = '', account = ''] = arn.split(':')
  return { state, account, region }
}
