import type { Bytes } from '../store.ts'
import { type Connection, fetchRange, fetchRows, type RowKey } from './rows.ts'

/** The largest page that one statement fetches. */
const largestPage = 4096

/** What is known of one range: its first rows, and whether there are more. */
interface KnownRange {
  readonly table: string
  readonly from: string
  readonly to: string | undefined
  readonly reverse: boolean
  readonly rows: (readonly [string, Bytes])[]
  nextPage: number
  complete: boolean
}

/** A range's rows as far as they are known. */
export type RangeRows = Pick<KnownRange, 'rows' | 'complete'>

/**
 * What was fetched so far from one state of the database, and what was asked for and is not there yet.
 *
 * Asking never waits: it answers what is known, notes the rest, and `load` fetches it before the function runs again.
 */
export class Fetched {
  readonly #values = new Map<string, Bytes | undefined>()
  readonly #ranges = new Map<string, KnownRange>()
  readonly #wantedKeys = new Map<string, RowKey>()
  readonly #wantedRanges = new Set<KnownRange>()

  /** Whether something that was asked for is not known. */
  get isIncomplete(): boolean {
    return this.#wantedKeys.size > 0 || this.#wantedRanges.size > 0
  }

  /** How many statements `load` will need. */
  get statements(): number {
    return Math.min(1, this.#wantedKeys.size) + this.#wantedRanges.size
  }

  get(table: string, key: string): Bytes | undefined {
    const id = `${table}\0${key}`
    if (!this.#values.has(id)) this.#wantedKeys.set(id, { table, key })
    return this.#values.get(id)
  }

  /** The known rows of a range; `wanted` is how many the caller will read. */
  range(table: string, from: string, to: string | undefined, reverse: boolean, wanted: number): RangeRows {
    const id = [table, from, to ?? '\u{ffff}', reverse].join('\0')
    const known = this.#ranges.get(id)
    if (known !== undefined) return known
    const nextPage = Math.min(largestPage, Number.isFinite(wanted) ? wanted : 128)
    const fresh: KnownRange = { table, from, to, reverse, rows: [], nextPage, complete: false }
    this.#ranges.set(id, fresh)
    return fresh
  }

  /** Says that a caller has read all known rows and goes on. */
  wantMore(rows: RangeRows): void {
    this.#wantedRanges.add(rows as KnownRange)
  }

  /** Fetches everything that was asked for. */
  async load(connection: Connection): Promise<void> {
    const keys = [...this.#wantedKeys.entries()]
    const ranges = [...this.#wantedRanges]
    this.#wantedKeys.clear()
    this.#wantedRanges.clear()
    if (keys.length > 0) {
      const rows = await fetchRows(
        connection,
        keys.map(([, key]) => key),
      )
      for (const [id] of keys) this.#values.set(id, undefined)
      for (const { table, key, value } of rows) this.#values.set(`${table}\0${key}`, value)
    }
    for (const range of ranges) await this.#loadPage(connection, range)
  }

  async #loadPage(connection: Connection, range: KnownRange): Promise<void> {
    const { table, from, to, reverse, nextPage: limit } = range
    const last = range.rows.at(-1)?.[0]
    const rest = last === undefined ? { from, to } : reverse ? { from, to: last } : { from: `${last}\0`, to }
    const rows = await fetchRange(connection, { table, ...rest, reverse, limit })
    range.rows.push(...rows)
    range.complete = rows.length < limit
    range.nextPage = Math.min(largestPage, limit * 4)
  }
}
