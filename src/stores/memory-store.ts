import { ByteArena, type Place } from './byte-arena.ts'
import { OrderedMap } from './ordered-map.ts'
import { refuseAsynchronous } from './refuse-asynchronous.ts'
import type { Bytes, Entry, Range, Reader, Store, Writer } from './store.ts'

/** A value's place and length in its table's arena; kept as two numbers in one object per key. */
interface Slot {
  readonly place: Place
  readonly length: number
}

/** A key is kept as a string of one character per byte: such strings compare as their bytes do, and cost no buffer. */
interface Table {
  readonly map: OrderedMap<Slot>
  readonly arena: ByteArena
}

const textOf = (key: Bytes): string =>
  (Buffer.isBuffer(key) ? key : Buffer.from(key.buffer, key.byteOffset, key.byteLength)).toString('latin1')

/** One change, with what stood there before. */
interface Change {
  readonly table: Table
  readonly key: string
  readonly before: Slot | undefined
}

/** The keys of a range with the places of their values. A caller may put and remove while it iterates. */
function* slots({ map }: Table, range: Range): Generator<readonly [string, Slot]> {
  const from = range.from === undefined ? '' : textOf(range.from)
  const to = range.to === undefined ? undefined : textOf(range.to)
  let left = range.limit ?? Number.POSITIVE_INFINITY
  if (left <= 0) return
  for (const entry of range.reverse ? map.downwards(to) : map.upwards(from)) {
    const [key] = entry
    if (range.reverse ? key < from : to !== undefined && key >= to) return
    yield entry
    if (--left <= 0) return
  }
}

function* entries(table: Table | undefined, range: Range): Generator<Entry> {
  if (table === undefined) return
  for (const [key, { place, length }] of slots(table, range))
    yield { key: Buffer.from(key, 'latin1'), value: table.arena.load(place, length) }
}

function* texts(table: Table | undefined, range: Range): Generator<string> {
  if (table === undefined) return
  for (const [, { place, length }] of slots(table, range)) yield table.arena.text(place, length)
}

/** The store of ephemeral runs: everything in this process's memory, gone with it. */
export function openMemoryStore(): Store {
  const tables = new Map<string, Table>()
  let running = false
  let closed = false

  const reader: Reader = {
    get(name, key) {
      const table = tables.get(name)
      const slot = table?.map.get(textOf(key))
      return slot === undefined ? undefined : table?.arena.load(slot.place, slot.length)
    },
    range: (name, range) => entries(tables.get(name), range),
    text(name, key) {
      const table = tables.get(name)
      const slot = table?.map.get(textOf(key))
      return slot === undefined ? undefined : table?.arena.text(slot.place, slot.length)
    },
    texts: (name, range) => texts(tables.get(name), range),
  }

  const tableNamed = (name: string): Table => {
    const existing = tables.get(name)
    if (existing !== undefined) return existing
    const table: Table = { map: new OrderedMap(), arena: new ByteArena() }
    tables.set(name, table)
    return table
  }

  const writerInto = (changes: Change[]): Writer => ({
    ...reader,
    put(name, key, value) {
      const table = tableNamed(name)
      const text = textOf(key)
      const slot = { place: table.arena.store(value), length: value.length }
      changes.push({ table, key: text, before: table.map.set(text, slot) })
    },
    remove(name, key) {
      const table = tables.get(name)
      const text = textOf(key)
      const before = table?.map.delete(text)
      if (table === undefined || before === undefined) return false
      changes.push({ table, key: text, before })
      return true
    },
  })

  const undo = (changes: readonly Change[]): void => {
    for (const { table, key, before } of changes.toReversed()) {
      const current = before === undefined ? table.map.delete(key) : table.map.set(key, before)
      if (current !== undefined) table.arena.release(current.place, current.length)
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
      const changes: Change[] = []
      running = true
      try {
        const result = refuseAsynchronous(run(writerInto(changes)))
        for (const { table, before } of changes)
          if (before !== undefined) table.arena.release(before.place, before.length)
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
