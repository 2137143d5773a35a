import { decodeKey, encodeKey, type KeyPart, type KeyRange, keysStarting, keysUnder } from './key-tuple.ts'
import type { Bytes, Range, Reader, Writer } from './store.ts'

/** A table whose keys are tuples and whose values are kept as JSON. */
export interface JsonTable<Value> {
  readonly name: string
  get(reader: Reader, ...key: readonly KeyPart[]): Value | undefined
  put(writer: Writer, value: Value, ...key: readonly KeyPart[]): void
  remove(writer: Writer, ...key: readonly KeyPart[]): boolean
  /** All whose key begins with `parts`, in the order of their keys. */
  under(reader: Reader, ...parts: readonly KeyPart[]): Iterable<readonly [KeyPart[], Value]>
  /** As `under`, from the first key that is above `after`, which has all parts. */
  underAfter(
    reader: Reader,
    parts: readonly KeyPart[],
    after: readonly KeyPart[],
  ): Iterable<readonly [KeyPart[], Value]>
  /** As `underAfter`, from the last one back where `reverse`; values are parsed when they are asked for. */
  lazily(
    reader: Reader,
    parts: readonly KeyPart[],
    options: { readonly after?: readonly KeyPart[]; readonly reverse?: boolean },
  ): Iterable<readonly [KeyPart[], () => Value]>
  /** All whose key begins with `parts` and a string that starts with `start`. */
  starting(reader: Reader, parts: readonly KeyPart[], start: string): Iterable<readonly [KeyPart[], Value]>
}

/** Reads a value as a JSON table keeps it. */
export const parseKept = <Value>(bytes: Bytes): Value =>
  JSON.parse(
    (Buffer.isBuffer(bytes)
      ? bytes
      : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    ).toString(),
  )

/** As `parseKept`, from text of one character for each byte. */
export const parseKeptText = <Value>(text: string): Value =>
  JSON.parse(Buffer.from(text, 'latin1').toString())

/** Values that `familiarTable` remembers at most. */
const remembered = 1000

/**
 * As `jsonTable`, for few values that every request reads: the value of a text that was parsed before is given again, so
 * nobody may change it.
 */
export function familiarTable<Value>(name: string): JsonTable<Value> {
  const parsed = new Map<string, Value>()
  return {
    ...jsonTable<Value>(name),
    get(reader, ...key) {
      const text = reader.text(name, encodeKey(...key))
      if (text === undefined) return undefined
      const known = parsed.get(text)
      if (known !== undefined) return known
      if (parsed.size >= remembered) parsed.clear()
      const value = parseKeptText<Value>(text)
      parsed.set(text, value)
      return value
    },
  }
}

/** Declares a table of JSON values: what control planes need (parameters, secrets, roles), never a hot data plane. */
export function jsonTable<Value>(name: string): JsonTable<Value> {
  function* pairs(reader: Reader, range: KeyRange): Iterable<readonly [KeyPart[], Value]> {
    for (const { key, value } of reader.range(name, range)) yield [decodeKey(key), parseKept<Value>(value)]
  }
  function* unread(reader: Reader, range: Range): Iterable<readonly [KeyPart[], () => Value]> {
    for (const { key, value } of reader.range(name, range))
      yield [decodeKey(key), () => parseKept<Value>(value)]
  }
  return {
    name,
    lazily: (reader, parts, { after, reverse = false }) =>
      unread(reader, {
        ...keysUnder(...parts),
        ...(after && { from: keysUnder(...after).to }),
        reverse,
      }),
    get(reader, ...key) {
      const bytes = reader.get(name, encodeKey(...key))
      return bytes === undefined ? undefined : parseKept<Value>(bytes)
    },
    put: (writer, value, ...key) => writer.put(name, encodeKey(...key), Buffer.from(JSON.stringify(value))),
    remove: (writer, ...key) => writer.remove(name, encodeKey(...key)),
    under: (reader, ...parts) => pairs(reader, keysUnder(...parts)),
    underAfter: (reader, parts, after) =>
      pairs(reader, { from: keysUnder(...after).to, to: keysUnder(...parts).to }),
    starting: (reader, parts, start) => pairs(reader, keysStarting(parts, start)),
  }
}
