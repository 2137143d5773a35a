import type { Readable, Writable } from 'node:stream'

/** A stream that can write itself on by a few buffers that it uses again, in place of a new one for each piece. */
export interface Pourable extends Readable {
  /** Writes everything and ends `target`; rejects where either fails. The stream is then closed. */
  pourInto(target: Writable): Promise<void>
}

/** Whether a stream can pour. */
export const isPourable = (stream: Readable): stream is Pourable => 'pourInto' in stream
