import { keyText } from '../key-text.ts'
import { OrderedMap } from '../ordered-map.ts'
import type { Bytes, Entry, Range, TextEntry, Writer } from '../store.ts'
import type { Fetched, RangeRows } from './fetched.ts'

/** A written value; `value` of undefined: removed. */
interface Written {
  readonly value: Bytes | undefined
}

/** A function that asks on and on with made-up answers is stopped after so many. */
const longestSpeculation = 10_000

/** Thrown into a function whose answers are no longer true, to end it; never seen outside. */
const stopped = new Error('stopped to fetch what was asked for')

/** The first base row after `last` in the range's order. */
function nextRow(
  { rows }: RangeRows,
  last: string | undefined,
  reverse: boolean,
): readonly [string, Bytes] | undefined {
  if (last === undefined) return rows[0]
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const key = rows[middle]?.[0] ?? ''
    if (reverse ? key >= last : key <= last) low = middle + 1
    else high = middle
  }
  return rows[low]
}

/** What transactions of one batch have written over what was fetched; later ones see what earlier ones wrote. */
export class Overlay {
  readonly #fetched: Fetched
  readonly #tables = new Map<string, OrderedMap<Written>>()
  #asked = 0

  constructor(fetched: Fetched) {
    this.#fetched = fetched
  }

  /** All that was written. */
  *changes(): Generator<{ readonly table: string; readonly key: string; readonly value: Bytes | undefined }> {
    for (const [table, map] of this.#tables)
      for (let next = map.next('', false); next !== undefined; next = map.next(next[0], true))
        yield { table, key: next[0], value: next[1].value }
  }

  /** Runs one function; a thrown error undoes what it wrote. */
  run<Result>(run: (writer: Writer) => Result): Result {
    const undo: (() => void)[] = []
    this.#asked = 0
    try {
      return run(this.#writer(undo))
    } catch (error) {
      for (const step of undo.toReversed()) step()
      throw error
    }
  }

  #writer(undo: (() => void)[]): Writer {
    const write = (name: string, key: string, value: Bytes | undefined): void => {
      const table = this.#tables.get(name) ?? new OrderedMap<Written>()
      this.#tables.set(name, table)
      const before = table.set(key, { value })
      undo.push(() => (before === undefined ? table.delete(key) : table.set(key, before)))
    }
    return {
      get: (table, key) => this.#get(table, keyText(key)),
      range: (table, range) => this.#range(table, range),
      text: (table, key) => this.#get(table, keyText(key))?.toString('latin1'),
      texts: (table, range) => this.#texts(table, range),
      textEntries: (table, range) => this.#textEntries(table, range),
      put: (table, key, value) => write(table, keyText(key), Uint8Array.prototype.slice.call(value)),
      remove: (table, key) => {
        const text = keyText(key)
        const existed = this.#get(table, text) !== undefined
        if (existed) write(table, text, undefined)
        return existed
      },
    }
  }

  #speculate(): void {
    if (this.#fetched.isIncomplete && ++this.#asked > longestSpeculation) throw stopped
  }

  #get(table: string, key: string): Buffer | undefined {
    this.#speculate()
    const written = this.#tables.get(table)?.get(key)
    const value = written === undefined ? this.#fetched.get(table, key) : written.value
    // A copy: the function may run again and must find what it found before, whatever it did to its answer.
    return value === undefined ? undefined : Buffer.from(value)
  }

  *#texts(table: string, range: Range): Generator<string> {
    for (const { value } of this.#range(table, range)) yield keyText(value)
  }

  *#textEntries(table: string, range: Range): Generator<TextEntry> {
    for (const { key, value } of this.#range(table, range)) yield { key: keyText(key), value: keyText(value) }
  }

  *#range(table: string, range: Range): Generator<Entry> {
    const reverse = range.reverse ?? false
    const from = range.from === undefined ? '' : keyText(range.from)
    const to = range.to === undefined ? undefined : keyText(range.to)
    let left = range.limit ?? Number.POSITIVE_INFINITY
    if (left <= 0 || (to !== undefined && from >= to)) return
    const base = this.#fetched.range(table, from, to, reverse, left)
    let last: string | undefined
    while (left > 0) {
      this.#speculate()
      const row = nextRow(base, last, reverse)
      if (row === undefined && !base.complete) this.#fetched.wantMore(base)
      const next = this.#merge(table, row, { from, to, reverse, last })
      if (next === undefined) return
      last = next[0]
      if (next[1] === undefined) continue
      left--
      yield { key: Buffer.from(last, 'latin1'), value: Buffer.from(next[1]) }
    }
  }

  /** The nearer of the next fetched row and the next written one; a written one replaces its equal. */
  #merge(
    name: string,
    row: readonly [string, Bytes] | undefined,
    at: {
      readonly from: string
      readonly to: string | undefined
      readonly reverse: boolean
      readonly last: string | undefined
    },
  ): readonly [string, Bytes | undefined] | undefined {
    const table = this.#tables.get(name)
    const { from, to, reverse, last } = at
    const found = reverse ? table?.previous(last ?? to) : table?.next(last ?? from, last !== undefined)
    const inside = found !== undefined && (reverse ? found[0] >= from : to === undefined || found[0] < to)
    if (!inside || found === undefined) return row
    if (row !== undefined && (reverse ? row[0] > found[0] : row[0] < found[0])) return row
    return [found[0], found[1].value]
  }
}
