import { Buffer } from 'node:buffer'
import {
  type Bytes,
  encodeKey,
  keysStarting,
  keysUnder,
  type Reader,
  textPartAt,
} from '../../../stores/index.ts'

/** What a page of a list asks for. */
export interface ListQuery {
  readonly bucket: string
  readonly prefix: string
  readonly delimiter: string
  /** The list goes on after this key or common prefix. */
  readonly after?: string | undefined
  /** Or, where a key has several entries, after this one of them. */
  readonly above?: readonly [key: string, number: number] | undefined
  readonly limit: number
}

/** One line of a list: an entry of the table, or a common prefix that stands for many. */
export type Line<Value> = { readonly key: string; readonly value: Value } | { readonly prefix: string }

/** A page and, where there is more, the last thing on it. */
export interface Page<Value> {
  readonly lines: readonly Line<Value>[]
  readonly last: string | undefined
}

const higher = (one: Bytes, other: Bytes): Bytes => (Buffer.compare(one, other) > 0 ? one : other)

/**
 * Reads a page of a table whose keys begin with bucket and object key, in the order of their UTF-8 bytes. Keys that share
 * a common prefix are skipped by one seek, however many they are. `read` makes a line's value out of text of one character
 * for each byte, or undefined to skip it.
 */
export function listKeys<Value>(
  reader: Reader,
  table: string,
  query: ListQuery,
  read: (text: string) => Value | undefined,
): Page<Value> {
  const { bucket, prefix, delimiter, after, limit } = query
  const lines: Line<Value>[] = []
  if (limit === 0) return { lines, last: undefined }
  const all = keysStarting([bucket], prefix)
  let from = all.from
  if (query.above !== undefined) from = higher(from, keysUnder(bucket, ...query.above).to)
  else if (after !== undefined) {
    const common = commonPrefix(after, prefix, delimiter)
    const skipped = common === undefined ? keysUnder(bucket, after).to : keysStarting([bucket], common).to
    from = higher(from, skipped)
  }
  const keyAt = encodeKey(bucket).length
  let last = ''
  for (;;) {
    let again = false
    for (const entry of reader.textEntries(table, { from, to: all.to })) {
      const key = textPartAt(entry.key, keyAt)
      const common = commonPrefix(key, prefix, delimiter)
      const value = read(entry.value)
      if (value === undefined) continue
      if (lines.length === limit) return { lines, last }
      if (common === undefined) {
        lines.push({ key, value })
        last = key
        continue
      }
      lines.push({ prefix: common })
      last = common
      from = keysStarting([bucket], common).to
      again = true
      break
    }
    if (!again) return { lines, last: undefined }
  }
}

/** The part of a key up to the delimiter behind the prefix; undefined where there is none. */
export function commonPrefix(key: string, prefix: string, delimiter: string): string | undefined {
  if (delimiter === '' || !key.startsWith(prefix)) return undefined
  const at = key.indexOf(delimiter, prefix.length)
  return at < 0 ? undefined : key.slice(0, at + delimiter.length)
}
