import { open, type RangeIterable, type RangeOptions, type RootDatabase } from 'lmdb'
import { refuseAsynchronous } from './refuse-asynchronous.ts'
import type { Bytes, Entry, Key, Range, Reader, Store, TextEntry, Writer } from './store.ts'

/** What lmdb takes with pages of 8 KB; a key here is the table's name, a zero byte and the caller's key. */
const longestKey = 4026

/** How many entries of a range are read ahead inside a transaction. */
const chunk = 64

/** How many entries `clear` removes in one transaction. */
const clearedAtOnce = 5000

/**
 * Makes full keys out of table and key.
 *
 * One database with prefixed keys, not one database per table: names come and go with the user's tables, lmdb's list of
 * databases is fixed and searched linearly, and the two were measured equal (26 and 27 thousand transactions a second).
 */
function keysOf(): (table: string, key: Key | undefined, end: number) => Buffer {
  const prefixes = new Map<string, Buffer>()
  return (table, key, end) => {
    let prefix = prefixes.get(table)
    if (prefix === undefined) {
      if (table.includes('\0')) throw new Error('a table name has no zero character')
      prefix = Buffer.from(`${table}\0`)
      prefixes.set(table, prefix)
    }
    const length = key?.length ?? 0
    if (prefix.length + length > longestKey)
      throw new RangeError(`key of ${length} bytes in ${table}: at most ${longestKey - prefix.length}`)
    const full = Buffer.allocUnsafe(prefix.length + length)
    full.set(prefix)
    if (key === undefined) full[prefix.length - 1] = end
    else if (typeof key === 'string') full.write(key, prefix.length, 'latin1')
    else full.set(key, prefix.length)
    return full
  }
}

/** lmdb rejects every transaction of a failed commit with one text; what went wrong hangs on it as a rejecting promise. */
async function reasonOf(error: unknown): Promise<unknown> {
  if (!(error instanceof Error && 'commitError' in error)) return error
  try {
    await error.commitError
  } catch (reason) {
    return new Error('the store could not write', { cause: reason })
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

function readerOf(database: RootDatabase<Buffer, Buffer>, fullKey: ReturnType<typeof keysOf>): Reader {
  const withoutKeys = textsOf(database, () => undefined)
  const withKeys = textsOf(database, (bytes, from, to) => bytes.toString('latin1', from, to))
  const bounds = (table: string, range: Range): RangeOptions | undefined => {
    const low = fullKey(table, range.from, 0)
    const high = fullKey(table, range.to, 1)
    if (Buffer.compare(low, high) >= 0 || range.limit === 0) return undefined
    const limit = range.limit === undefined ? {} : { limit: range.limit }
    return range.reverse
      ? { start: high, exclusiveStart: true, end: low, inclusiveEnd: true, reverse: true, ...limit }
      : { start: low, end: high, ...limit }
  }
  return {
    get: (table, key) => database.getBinary(fullKey(table, key, 0)),
    range(table, range) {
      const found = bounds(table, range)
      const skip = Buffer.byteLength(table) + 1
      if (found === undefined) return []
      return database.getRange(found).map(({ key, value }): Entry => ({ key: key.subarray(skip), value }))
    },
    text(table, key) {
      // lmdb's own buffer, which the next read overwrites.
      const bytes = database.getBinaryFast(fullKey(table, key, 0))
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
  }
}

const latin1 = (bytes: Bytes): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')

/** The least key above `key`. */
const after = (key: Bytes): Bytes => Buffer.concat([key, Buffer.alloc(1)])

/** Inside a transaction: a caller may put and remove while it iterates, so reading ahead ends with each change. */
function* liveRange(reader: Reader, table: string, range: Range, changes: () => number): Generator<Entry> {
  let left = range.limit ?? Number.POSITIVE_INFINITY
  let rest = range
  while (left > 0) {
    const limit = Math.min(chunk, left)
    const page = [...reader.range(table, { ...rest, limit })]
    const seen = changes()
    let last: Bytes | undefined
    for (const entry of page) {
      last = entry.key
      left--
      yield entry
      if (changes() !== seen) break
    }
    if (last === undefined || (changes() === seen && page.length < limit)) return
    rest = range.reverse ? { ...rest, to: last } : { ...rest, from: after(last) }
  }
}

/** The durable store: one lmdb environment in `directory`, shared by all processes that open it. */
export function openLmdbStore(directory: string): Store {
  const database: RootDatabase<Buffer, Buffer> = open({
    path: directory,
    pageSize: 8192,
    keyEncoding: 'binary',
    encoding: 'binary',
    // Promises resolve after the sync itself: lmdb's default resolves before it and was measured no faster.
    overlappingSync: false,
    // Batching by event turn leaves a promise without handler, so a full disk would end the process; transactions of one
    // turn share a commit anyway, and it was measured no slower.
    eventTurnBatching: false,
  })
  const fullKey = keysOf()
  const reader = readerOf(database, fullKey)
  let running = false
  let closed: Promise<void> | undefined

  const enter = (): void => {
    if (closed !== undefined) throw new Error('the store is closed')
    if (running) throw new Error('a transaction must not use the store, only its writer')
  }

  const transaction: Store['transaction'] = async run => {
    enter()
    try {
      // A child transaction: many share one commit, and one that throws is undone alone.
      return await database.childTransaction(() => {
        running = true
        let changes = 0
        const writer: Writer = {
          get: reader.get,
          range: (table, range) => liveRange(reader, table, range, () => changes),
          text: reader.text,
          *texts(table, range) {
            for (const { value } of liveRange(reader, table, range, () => changes)) yield latin1(value)
          },
          *textEntries(table, range) {
            for (const { key, value } of liveRange(reader, table, range, () => changes))
              yield { key: latin1(key), value: latin1(value) }
          },
          put(table, key, value) {
            changes++
            database.putSync(
              fullKey(table, key, 0),
              Buffer.from(value.buffer, value.byteOffset, value.byteLength),
            )
          },
          remove(table, key) {
            changes++
            return database.removeSync(fullKey(table, key, 0))
          },
        }
        try {
          return refuseAsynchronous(run(writer))
        } finally {
          running = false
        }
      })
    } catch (error) {
      throw await reasonOf(error)
    }
  }

  return {
    read(run) {
      enter()
      return refuseAsynchronous(run(reader))
    },
    transaction,
    async clear(prefix) {
      enter()
      const from = Buffer.from(prefix)
      for (let more = true; more; ) {
        more = await database.childTransaction(() => {
          let removed = 0
          for (const key of [
            ...database.getKeys({ start: from.length > 0 ? from : Buffer.alloc(1), limit: clearedAtOnce }),
          ]) {
            if (Buffer.compare(key.subarray(0, from.length), from) !== 0) return false
            database.removeSync(key)
            removed++
          }
          return removed === clearedAtOnce
        })
      }
    },
    close() {
      closed ??= database.close()
      return closed
    },
  }
}
