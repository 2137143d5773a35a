/**
 * An ordered key-value table's key or value: bytes. Keys sort by unsigned byte order; a table's name, one byte and a key
 * have at most 4,026 bytes together.
 */
export type Bytes = Uint8Array

/** A key as a caller has it: bytes, or text of one character for each byte, which costs no buffer. */
export type Key = Bytes | string

/** Which keys a range reads. */
export interface Range {
  /** Inclusive lower bound; absent: from the first key. */
  readonly from?: Key
  /** Exclusive upper bound; absent: to the last key. */
  readonly to?: Key
  readonly reverse?: boolean
  readonly limit?: number
}

/** One key with its value. */
export interface Entry {
  readonly key: Bytes
  readonly value: Bytes
}

/** One key with its value, each as text of one character for each byte. */
export interface TextEntry {
  readonly key: string
  readonly value: string
}

/** A consistent view for reading; nothing of it may be used after the function that was given it has ended. */
export interface Reader {
  /** A copy, which the caller may keep and change. */
  get(table: string, key: Key): Bytes | undefined
  /** Read as it is iterated; leaving the loop early is fine. Inside a transaction it sees what is written ahead of it. */
  range(table: string, range: Range): Iterable<Entry>
  /** As `get`, one character for each byte: what goes on as text costs no buffer. */
  text(table: string, key: Key): string | undefined
  /** As `range`, the values alone, as `text` gives them. */
  texts(table: string, range: Range): Iterable<string>
  /** As `range`, as text: what lists thousands of keys copies nothing but the text. */
  textEntries(table: string, range: Range): Iterable<TextEntry>
}

/** The view inside a transaction: reads see its own writes. */
export interface Writer extends Reader {
  put(table: string, key: Key, value: Bytes): void
  /** Answers whether the key was there. */
  remove(table: string, key: Key): boolean
}

/**
 * Ordered tables with serialisable transactions.
 *
 * The functions given to `read` and `transaction` are synchronous and touch nothing but their reader or writer: an
 * engine behind a network (PostgreSQL) runs them again once it has fetched what they asked for.
 */
export interface Store {
  /** Reads from one consistent snapshot. Embedded engines answer at once, others with a promise: always `await`. */
  read<Result>(run: (reader: Reader) => Result): Result | Promise<Result>
  /** Resolves once what `run` wrote is durable; rejects, having written nothing, when `run` throws. */
  transaction<Result>(run: (writer: Writer) => Result): Promise<Result>
  /** Forgets everything in all tables whose name begins with `prefix`. */
  clear(prefix: string): Promise<void>
  close(): Promise<void>
}
