export type { Bytes, Entry, Range, Reader, Store, Writer } from './store.ts'
