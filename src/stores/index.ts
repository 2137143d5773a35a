export { type JsonTable, jsonTable } from './json-table.ts'
export { decodeKey, encodeKey, type KeyPart, type KeyRange, keysStarting, keysUnder } from './key-tuple.ts'
export { openStore, type StoreOptions } from './open-store.ts'
export type { Bytes, Entry, Range, Reader, Store, Writer } from './store.ts'
