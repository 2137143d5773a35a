import { ByteArena, type Place } from './byte-arena.ts'
import { keyText } from './key-text.ts'
import { OrderedMap } from './ordered-map.ts'
import { refuseAsynchronous } from './refuse-asynchronous.ts'
import type { Entry, Range, Reader, Store, TextEntry, Writer } from './store.ts'

/** A key is kept as a string of one character per byte: such strings compare as their bytes do, and cost no buffer. */
interface Table {
  readonly map: OrderedMap<Place>
  readonly arena: ByteArena
}

/** One change, with what stood there before. */
interface Change {
  readonly table: Table
  readonly key: string
  readonly before: Place | undefined
}

/** The keys of a range and where their values lie. A caller may put and remove while it iterates. */
function places({ map }: Table, { from, to, limit, reverse }: Range): Iterable<readonly [string, Place]> {
  const [low, high] = [from === undefined ? '' : keyText(from), to === undefined ? undefined : keyText(to)]
  return reverse ? map.downwards(high, low, limit) : map.upwards(low, high, limit)
}

function* entries(table: Table | undefined, range: Range): Generator<Entry> {
  if (table === undefined) return
  for (const [key, place] of places(table, range))
    yield { key: Buffer.from(key, 'latin1'), value: table.arena.load(place) }
}

function* texts(table: Table | undefined, range: Range): Generator<string> {
  if (table === undefined) return
  for (const [, place] of places(table, range)) yield table.arena.text(place)
}

function* textEntries(table: Table | undefined, range: Range): Generator<TextEntry> {
  if (table === undefined) return
  for (const [key, place] of places(table, range)) yield { key, value: table.arena.text(place) }
}

/** The store of ephemeral runs: everything in this process's memory, gone with it. */
export function openMemoryStore(): Store {
  const tables = new Map<string, Table>()
  let running = false
  let closed = false

  const reader: Reader = {
    get(name, key) {
      const table = tables.get(name)
      const place = table?.map.get(keyText(key))
      return place === undefined ? undefined : table?.arena.load(place)
    },
    range: (name, range) => entries(tables.get(name), range),
    text(name, key) {
      const table = tables.get(name)
      const place = table?.map.get(keyText(key))
      return place === undefined ? undefined : table?.arena.text(place)
    },
    texts: (name, range) => texts(tables.get(name), range),
    textEntries: (name, range) => textEntries(tables.get(name), range),
  }

  const tableNamed = (name: string): Table => {
    const existing = tables.get(name)
    if (existing !== undefined) return existing
    const table: Table = { map: new OrderedMap(), arena: new ByteArena() }
    tables.set(name, table)
    return table
  }

  // One for all: transactions run one after the other.
  let changes: Change[] = []
  const writer: Writer = {
    ...reader,
    put(name, key, value) {
      const table = tableNamed(name)
      const text = keyText(key)
      changes.push({ table, key: text, before: table.map.set(text, table.arena.store(value)) })
    },
    remove(name, key) {
      const table = tables.get(name)
      const text = keyText(key)
      const before = table?.map.delete(text)
      if (table === undefined || before === undefined) return false
      changes.push({ table, key: text, before })
      return true
    },
  }

  const undo = (changes: readonly Change[]): void => {
    for (const { table, key, before } of changes.toReversed()) {
      const current = before === undefined ? table.map.delete(key) : table.map.set(key, before)
      if (current !== undefined) table.arena.release(current)
    }
  }

  const enter = (): void => {
    if (closed) throw new Error('the store is closed')
    if (running) throw new Error('a transaction must not use the store, only its writer')
  }

  return {
    read(run) {
      enter()
      return refuseAsynchronous(run(reader))
    },
    async transaction(run) {
      enter()
      changes = []
      running = true
      try {
        const result = refuseAsynchronous(run(writer))
        for (const { table, before } of changes) if (before !== undefined) table.arena.release(before)
        return result
      } catch (error) {
        undo(changes)
        throw error
      } finally {
        running = false
      }
    },
    async clear(prefix) {
      enter()
      for (const name of [...tables.keys()]) if (name.startsWith(prefix)) tables.delete(name)
    },
    async close() {
      closed = true
      tables.clear()
    },
  }
}
