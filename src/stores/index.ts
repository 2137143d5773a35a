export type { Blobs, ByteRange, KeptBody, WriteOptions, WrittenBlob } from './blobs.ts'
export { crcBytes, createDigest, type Digest, type DigestName, digestOf, polynomials } from './digests.ts'
export { familiarTable, type JsonTable, jsonTable, parseKept, parseKeptText } from './json-table.ts'
export {
  decodeKey,
  encodeKey,
  type KeyPart,
  type KeyRange,
  keysStarting,
  keysUnder,
  textPartAt,
} from './key-tuple.ts'
export { type BlobsOptions, openBlobs } from './open-blobs.ts'
export { openStore, type StoreOptions } from './open-store.ts'
export type { Bytes, Entry, Range, Reader, Store, TextEntry, Writer } from './store.ts'
