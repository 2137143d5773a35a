import { keyText } from '../key-text.ts'
import { refuseAsynchronous } from '../refuse-asynchronous.ts'
import type { Store, Writer } from '../store.ts'
import { openDurableRows } from './durable-rows.ts'
import { fullKeys } from './full-key.ts'
import { Group } from './group.ts'
import type { Layer } from './layer.ts'
import { layeredReader } from './layered-reader.ts'
import { Records } from './records.ts'

/** How many rows `clear` removes in one transaction. */
const clearedAtOnce = 5000

/**
 * The durable store, in `directory`, which one process at a time may open.
 *
 * A transaction runs at once, over what is durable and what its predecessors changed; its changes go to the open group.
 * One group at a time is written, and then its transactions resolve. Readers see what is durable, and nothing else.
 */
export async function openLmdbStore(directory: string): Promise<Store> {
  const keys = fullKeys()
  const records = new Records()
  const rows = await openDurableRows(directory, keys, slab => records.recycle(slab))
  let open = new Group()
  let writing: Group | undefined
  let isScheduled = false
  let running = false
  let closed: Promise<void> | undefined

  const enter = (): void => {
    if (closed !== undefined) throw new Error('the store is closed')
    if (running) throw new Error('a transaction must not use the store, only its writer')
  }

  /** Writes the open group; what comes meanwhile is the next one. */
  async function commit(): Promise<void> {
    isScheduled = false
    const group = open
    const bytes = records.take()
    writing = group
    open = new Group()
    try {
      await rows.write(bytes, group.changes)
      writing = undefined
      group.resolve()
    } catch (cause) {
      // Those who ran meanwhile have seen changes that will never be.
      const later = open
      records.take()
      writing = undefined
      open = new Group()
      for (const { reject } of [group, later]) reject(new Error('the store could not write', { cause }))
    }
    if (!open.isEmpty) schedule()
  }

  /** All transactions of one turn of the event loop share a group. */
  function schedule(): void {
    if (isScheduled || writing !== undefined) return
    isScheduled = true
    setImmediate(() => void commit())
  }

  const allLayers = (): readonly Layer[] =>
    writing === undefined ? [open.layer, ...rows.layers()] : [open.layer, writing.layer, ...rows.layers()]
  const reader = layeredReader(rows.layers, rows.tree, false)
  const ahead = layeredReader(allLayers, rows.tree, true)
  const writer: Writer = {
    ...ahead,
    put(table, key, value) {
      const name = keyText(key)
      open.change(table, name, records.put(keys.prefix(table, name), name, value))
    },
    remove(table, key) {
      const name = keyText(key)
      if (!ahead.has(table, name)) return false
      records.remove(keys.prefix(table, name), name)
      open.change(table, name, null)
      return true
    },
  }

  const transaction: Store['transaction'] = async run => {
    enter()
    const group = open
    const before = { records: records.end, changes: group.changes.length }
    running = true
    let failed: { readonly error: unknown } | undefined
    let result: ReturnType<typeof run> | undefined
    try {
      result = refuseAsynchronous(run(writer))
    } catch (error) {
      group.undo(before.changes)
      records.end = before.records
      failed = { error }
    } finally {
      running = false
    }
    // What was only read or refused rests on changes that are not durable yet, too.
    if (!group.isEmpty) {
      schedule()
      await group.durable
    } else if (writing !== undefined) await writing.durable
    if (failed !== undefined) throw failed.error
    return result as ReturnType<typeof run>
  }

  async function clear(table: string): Promise<void> {
    for (let removed = clearedAtOnce; removed === clearedAtOnce; )
      removed = await transaction(cleared => {
        const found = [...cleared.textEntries(table, { limit: clearedAtOnce })]
        for (const { key } of found) cleared.remove(table, key)
        return found.length
      })
  }

  async function close(): Promise<void> {
    while (!open.isEmpty || writing !== undefined) await (writing ?? open).durable.catch(() => {})
    await rows.close()
  }

  return {
    read(run) {
      enter()
      return refuseAsynchronous(run(reader))
    },
    transaction,
    async clear(prefix) {
      enter()
      const tables = new Set(rows.tree.tables(prefix))
      for (const layer of allLayers())
        for (const table of layer.tables()) if (table.startsWith(prefix)) tables.add(table)
      for (const table of tables) await clear(table)
    },
    close() {
      closed ??= close()
      return closed
    },
  }
}
