import type { Key } from '../store.ts'

/** What lmdb takes with pages of 8 KB. */
const longestKey = 4026

/**
 * A key of all tables together: the table's name, a zero byte, the caller's key.
 *
 * One database with prefixed keys, not one database per table: names come and go with the user's tables, lmdb's list of
 * databases is fixed and searched linearly, and the two were measured equal.
 */
export interface FullKeys {
  /** Name and zero byte. Throws where they and the key are more than lmdb takes. */
  prefix(table: string, key: Key): Buffer
  of(table: string, key: Key): Buffer
  /** Below the first key of a table, or above its last. */
  least(table: string): Buffer
  beyond(table: string): Buffer
}

/** Makes full keys; it remembers the names it has seen. */
export function fullKeys(): FullKeys {
  const prefixes = new Map<string, Buffer>()
  const prefixOf = (table: string): Buffer => {
    const known = prefixes.get(table)
    if (known !== undefined) return known
    if (table.includes('\0')) throw new Error('a table name has no zero character')
    const prefix = Buffer.from(`${table}\0`)
    prefixes.set(table, prefix)
    return prefix
  }
  const prefix = (table: string, key: Key): Buffer => {
    const found = prefixOf(table)
    if (found.length + key.length > longestKey)
      throw new RangeError(`key of ${key.length} bytes in ${table}: at most ${longestKey - found.length}`)
    return found
  }
  return {
    prefix,
    of(table, key) {
      const before = prefix(table, key)
      const full = Buffer.allocUnsafe(before.length + key.length)
      full.set(before)
      if (typeof key === 'string') full.write(key, before.length, 'latin1')
      else full.set(key, before.length)
      return full
    },
    least: prefixOf,
    beyond(table) {
      const full = Buffer.from(prefixOf(table))
      full[full.length - 1] = 1
      return full
    },
  }
}
