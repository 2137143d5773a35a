import { open, type RangeIterable, type RangeOptions, type RootDatabase } from 'lmdb'
import type { Key, Range, TextEntry } from '../store.ts'
import type { FullKeys } from './full-key.ts'
import type { Change, Layer } from './layer.ts'

/** Changes that are handed to lmdb in one turn, so that nobody waits for long. */
const takenAtOnce = 500

/** Where the tree says which generation of the log it has: a table's name is never empty. */
const generationKey = Buffer.from('\0generation')

/** The rows on disk, without what the log still holds. */
export interface Tree {
  /** Up to which generation it has what the log held. */
  generation(): number
  has(table: string, key: string): boolean
  get(table: string, key: Key): Buffer | undefined
  text(table: string, key: Key): string | undefined
  texts(table: string, range: Range): Iterable<string>
  textEntries(table: string, range: Range): Iterable<TextEntry>
  /** The names of all tables that begin with `prefix` and have rows. */
  tables(prefix: string): string[]
  /** Takes what one generation of the log holds. Partly taken it is neither more nor less: the log has it all again. */
  take(changes: Layer, generation: number): Promise<void>
  close(): Promise<void>
}

/** lmdb rejects every write of a failed commit with one text; what went wrong hangs on it as a rejecting promise. */
async function reasonOf(error: unknown): Promise<unknown> {
  if (!(error instanceof Error && 'commitError' in error)) return error
  try {
    await error.commitError
  } catch (reason) {
    return reason
  }
  return error
}

/**
 * The same database, whose values are text of one character for each byte, and so are keys, where they are wanted: lmdb
 * hands its decoder the bytes where they lie, so nothing is copied but the text.
 */
function textsOf<Key extends string | undefined>(
  database: RootDatabase<Buffer, Buffer>,
  readKey: (bytes: Buffer, from: number, to: number) => Key,
): { getRange(options: RangeOptions): RangeIterable<{ key: Key; value: string }> } {
  const decode = (bytes: Buffer, length: number): string => bytes.toString('latin1', 0, length)
  return Object.create(database, {
    decoder: { value: { decode } },
    decoderCopies: { value: true },
    readKey: { value: readKey },
  })
}

/** Opens the lmdb environment in `directory`. */
export function openTree(directory: string, keys: FullKeys): Tree {
  const database: RootDatabase<Buffer, Buffer> = open({
    path: directory,
    pageSize: 8192,
    keyEncoding: 'binary',
    encoding: 'binary',
    // What was taken must be on disk when the log begins anew.
    overlappingSync: false,
    // Batching by event turn leaves a promise without handler when a commit fails, so a full disk would end the process.
    eventTurnBatching: false,
  })
  const withoutKeys = textsOf(database, () => undefined)
  const withKeys = textsOf(database, (bytes, from, to) => bytes.toString('latin1', from, to))

  const bounds = (table: string, range: Range): RangeOptions | undefined => {
    const low = range.from === undefined ? keys.least(table) : keys.of(table, range.from)
    const high = range.to === undefined ? keys.beyond(table) : keys.of(table, range.to)
    if (Buffer.compare(low, high) >= 0 || range.limit === 0) return undefined
    const limit = range.limit === undefined ? {} : { limit: range.limit }
    return range.reverse
      ? { start: high, exclusiveStart: true, end: low, inclusiveEnd: true, reverse: true, ...limit }
      : { start: low, end: high, ...limit }
  }

  /** Hands over the next changes, and after the last ones what they amount to; answers whether it was all. */
  function hand(changes: Iterator<Change>, generation: number): boolean {
    for (let count = 0; count < takenAtOnce; count++) {
      const next = changes.next()
      if (next.done === true) {
        database.put(generationKey, Buffer.from(String(generation)))
        return true
      }
      const { table, key, kept } = next.value
      const full = keys.of(table, key)
      if (kept === null) database.remove(full)
      else database.put(full, kept.slab.subarray(kept.start, kept.end))
    }
    return false
  }

  return {
    generation: () => Number(database.getBinary(generationKey)?.toString() ?? 0),
    // lmdb's own buffer: nothing is copied.
    has: (table, key) => database.getBinaryFast(keys.of(table, key)) !== undefined,
    get: (table, key) => database.getBinary(keys.of(table, key)),
    text(table, key) {
      // lmdb's own buffer, which the next read overwrites.
      const bytes = database.getBinaryFast(keys.of(table, key))
      return bytes?.toString('latin1', 0, bytes.length)
    },
    texts(table, range) {
      const found = bounds(table, range)
      return found === undefined ? [] : withoutKeys.getRange(found).map(({ value }) => value)
    },
    textEntries(table, range) {
      const found = bounds(table, range)
      const skip = Buffer.byteLength(table) + 1
      if (found === undefined) return []
      return withKeys.getRange(found).map(({ key, value }): TextEntry => ({ key: key.slice(skip), value }))
    },
    tables(prefix) {
      const names: string[] = []
      // No key is empty, and the first one with a table's name begins above zero.
      for (let from = Buffer.from(prefix || '\x01'); ; ) {
        const [key] = [...database.getKeys({ start: from, limit: 1 })]
        const name = key?.subarray(0, key.indexOf(0)).toString()
        if (name === undefined || !name.startsWith(prefix)) return names
        names.push(name)
        from = Buffer.from(`${name}\x01`)
      }
    },
    async take(changes, generation) {
      const rest = changes.changes()
      try {
        for (let isAll = false; !isAll; )
          await database.batch(() => {
            isAll = hand(rest, generation)
          })
        // From now on nothing lies over what was taken: the next read must see it.
        database.resetReadTxn()
      } catch (error) {
        throw await reasonOf(error)
      }
    },
    close: () => database.close(),
  }
}
