import type { Readable } from 'node:stream'
import type { DigestName } from './digests.ts'
import type { Bytes } from './store.ts'

/** Which bytes of a blob to read: `from` inclusive, `to` exclusive. */
export interface ByteRange {
  readonly from: number
  readonly to: number
}

/** How a body is written. */
export interface WriteOptions {
  /** What is computed of the bytes on their way. */
  readonly digests?: readonly DigestName[]
  /** The source's chunks are nobody else's: their memory is taken, and they are empty afterwards. */
  readonly isOwned?: boolean
}

/** A blob that was written, with the digests that were asked for. */
export interface WrittenBlob {
  readonly id: string
  readonly size: number
  readonly digests: Readonly<Partial<Record<DigestName, Bytes>>>
}

/** A body as it was kept: small ones go into the caller's own record. */
export type KeptBody =
  | { readonly kind: 'inline'; readonly bytes: Bytes; readonly size: number }
  | ({ readonly kind: 'blob' } & WrittenBlob)

/**
 * Bodies that are too large for a record, as files of random id.
 *
 * The order that loses nothing: write the blob, then the record that names it in a transaction; remove the record in a
 * transaction, then the blob. A crash in between leaves a blob without record, which `sweep` removes at the next start.
 */
export interface Blobs {
  /** Resolves once the bytes are durable. When the source or the disk fails it rejects and leaves nothing. */
  write(source: AsyncIterable<Bytes>, options?: WriteOptions): Promise<WrittenBlob>
  /** Writes a blob only where the body is longer than `inlineUpTo` bytes (64 KB unless said). */
  keep(source: AsyncIterable<Bytes>, inlineUpTo?: number, options?: WriteOptions): Promise<KeptBody>
  /**
   * Opens a blob; the caller consumes or destroys the stream. From this call on, not from its answer, the blob stays
   * until the stream has closed, so call it in the same turn as the record was read.
   */
  read(id: string, range?: ByteRange): Promise<Readable>
  /** Keeps blobs until what it answers is called, for readers that open several one after the other. */
  hold(ids: readonly string[]): () => void
  /** Removes a blob, at once or when its last reader closes. Removing what is not there is no error. */
  remove(id: string): Promise<void>
  /** Removes every blob that `isReferenced` does not know, finished or not; answers how many. At start only. */
  sweep(isReferenced: (id: string) => boolean | Promise<boolean>): Promise<number>
  /** Ends the use; an ephemeral folder is removed. */
  close(): Promise<void>
}
