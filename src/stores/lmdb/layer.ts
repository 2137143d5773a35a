import { OrderedMap } from '../ordered-map.ts'

/** Where a value stands among the log's bytes: no object of its own for bytes that nobody may ever ask for. */
export interface Place {
  readonly slab: Buffer
  readonly start: number
  readonly end: number
}

/** What a change left of a row: its value, or null where it was removed. */
export type Kept = Place | null

/** One change. */
export interface Change {
  readonly table: string
  /** One character for each byte. */
  readonly key: string
  readonly kept: Kept
}

/** The value as text of one character for each byte. */
export const textAt = ({ slab, start, end }: Place): string => slab.toString('latin1', start, end)

/** Changes that lie over older rows, table by table. */
export class Layer {
  readonly #tables = new Map<string, OrderedMap<Kept>>()
  readonly #slabs = new Set<Buffer>()

  /** Where the values of changes are that were set one by one. */
  get slabs(): ReadonlySet<Buffer> {
    return this.#slabs
  }

  /** The changes of one table; to be put into, so made where it is missing. */
  table(name: string): OrderedMap<Kept> {
    const existing = this.#tables.get(name)
    if (existing !== undefined) return existing
    const table = new OrderedMap<Kept>()
    this.#tables.set(name, table)
    return table
  }

  /** The changes of one table, if there are any. */
  find(name: string): OrderedMap<Kept> | undefined {
    return this.#tables.get(name)
  }

  tables(): Iterable<string> {
    return this.#tables.keys()
  }

  /** Answers what this layer said of the row before. */
  set({ table, key, kept }: Change): Kept | undefined {
    if (kept !== null) this.#slabs.add(kept.slab)
    return this.table(table).set(key, kept)
  }

  /** All changes, in the order of their full keys. */
  *changes(): Generator<Change> {
    for (const table of [...this.#tables.keys()].toSorted())
      for (const [key, kept] of this.table(table).upwards('')) yield { table, key, kept }
  }
}
