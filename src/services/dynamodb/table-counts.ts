import { Buffer } from 'node:buffer'
import type { ServiceEnvironment } from '../../aws/index.ts'
import type { Range } from '../../stores/index.ts'
import type { RowCounts, TableCounts } from './describe-table.ts'
import { sizeFromBytes } from './item-text.ts'
import { continueAfter } from './key-range.ts'
import { allRows } from './read-rows.ts'
import { indexTable, itemsTable } from './row-keys.ts'
import type { SecondaryIndex, Table } from './table.ts'

/** Rows that one read counts; what has fewer is counted anew whenever it is asked for. */
const countedAtOnce = 1000
/** Milliseconds that an answer waits for a larger count; after that it says how far the count is. */
const patience = 200
/** Milliseconds for which a large count holds. AWS counts anew about every six hours. */
const validity = 10_000

/** How many items tables hold: exact for small tables, a few seconds old for large ones, and cheap for all. */
export interface ItemCounts {
  of(table: Table): Promise<TableCounts>
  stop(): void
}

/** A large count: what was known, and the count that is under way. */
interface Count {
  known: RowCounts | undefined
  at: number
  running: RunningCount | undefined
}

interface RunningCount {
  soFar: RowCounts
  readonly over: Promise<void>
}

/** Counts by reading a thousand rows at a time, so that nothing else waits for it. */
export function createItemCounts({
  store,
  clock,
  log,
}: Pick<ServiceEnvironment, 'store' | 'clock' | 'log'>): ItemCounts {
  const large = new Map<string, Count>()
  let stopped = false

  async function readSome(rows: string, range: Range): Promise<RowCounts & { readonly next?: Range }> {
    return await store.read(reader => {
      let [items, bytes] = [0, 0]
      let last: Uint8Array | undefined
      for (const { key, value } of reader.range(rows, { ...range, limit: countedAtOnce })) {
        items++
        bytes += sizeFromBytes(value)
        last = key
      }
      const isOver = items < countedAtOnce || last === undefined
      return {
        items,
        bytes,
        ...(isOver ? {} : { next: continueAfter(range, Buffer.from(last ?? []).toString('latin1')) }),
      }
    })
  }

  function countOn(rows: string, first: RowCounts & { readonly next?: Range }, count: Count): RunningCount {
    const run = async (): Promise<void> => {
      let { next } = first
      try {
        while (next !== undefined && !stopped) {
          await new Promise(resolve => setImmediate(resolve))
          const part = await readSome(rows, next)
          running.soFar = {
            items: running.soFar.items + part.items,
            bytes: running.soFar.bytes + part.bytes,
          }
          next = part.next
        }
        count.known = running.soFar
        count.at = clock.elapsed()
      } catch (error) {
        if (!stopped) log.warn({ err: error }, "A table's items could not be counted")
      }
      count.running = undefined
    }
    const running: RunningCount = {
      soFar: { items: first.items, bytes: first.bytes },
      over: Promise.resolve().then(run),
    }
    return running
  }

  async function countRows(table: Table, index?: SecondaryIndex): Promise<RowCounts> {
    const rows = index === undefined ? itemsTable : indexTable
    const id = `${table.id} ${index?.number ?? ''}`
    const first = await readSome(rows, allRows(table, index))
    if (first.next === undefined) {
      large.delete(id)
      return { items: first.items, bytes: first.bytes }
    }
    const count = large.get(id) ?? { known: undefined, at: 0, running: undefined }
    large.set(id, count)
    if (count.known !== undefined && clock.elapsed() - count.at < validity) return count.known
    const running = count.running ?? countOn(rows, first, count)
    count.running = running
    await Promise.race([running.over, new Promise<void>(resolve => void clock.deadline(patience, resolve))])
    return count.known ?? running.soFar
  }

  return {
    async of(table) {
      const indexes = new Map<string, RowCounts>()
      for (const index of table.indexes) indexes.set(index.name, await countRows(table, index))
      return { ...(await countRows(table)), indexes }
    },
    stop() {
      stopped = true
    },
  }
}
