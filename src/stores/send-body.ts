import type { Readable } from 'node:stream'
import type { Bytes } from './store.ts'

/** Bytes that go to the other thread together: a message costs some 20 µs. */
const batchSize = 256 * 1024

/** Bytes that the other thread may hold of one body before its source has to wait, and from which it goes on. */
const most = 2 * 1024 * 1024
const few = 1024 * 1024

/**
 * Where a body goes: takes the memory of the chunks, which are empty afterwards, and hears with the last of them, or by
 * itself, that there are no more.
 */
export type BodyTarget = (chunks: readonly Bytes[], end?: 'complete' | 'broken') => void

/** A body on its way to another thread. */
export interface SentBody {
  /** Why the source broke off, where it did. */
  broken(): Error | undefined
  /** Says that so many bytes need not be held any longer. */
  taken(size: number): void
  /** The target wants no more: what still comes is thrown away. */
  stop(): void
}

/** The chunk itself where it has all of its memory and that may go away, else a copy. */
function movable(chunk: Bytes, isOwned: boolean): Bytes {
  const isWhole = chunk.length === chunk.buffer.byteLength
  return isOwned && isWhole && chunk.buffer instanceof ArrayBuffer ? chunk : new Uint8Array(chunk)
}

/**
 * Listens to a stream and passes its bytes on. Memory that moves to another thread is no garbage here: buffers that
 * wait for the collector make it run over the whole heap.
 */
export function sendBody(source: Readable, isOwned: boolean, target: BodyTarget): SentBody {
  let batch: Bytes[] = []
  let size = 0
  let held = 0
  let isStopped = false
  let isDue = false
  let broken: Error | undefined
  const flush = (end?: 'complete' | 'broken'): void => {
    isDue = false
    if (isStopped || (size === 0 && end === undefined)) return
    target(batch, end)
    held += size
    batch = []
    size = 0
    if (held > most) source.pause()
  }
  const hear = (chunk: Bytes): void => {
    if (isStopped || chunk.length === 0) return
    batch.push(movable(chunk, isOwned))
    size += chunk.length
    if (size < batchSize || isDue) return
    isDue = true
    // Whoever gave the chunk may look at it once more before it returns.
    queueMicrotask(() => flush())
  }
  const end = (error?: Error): void => {
    if (isStopped) return
    broken = error
    flush(error === undefined ? 'complete' : 'broken')
    isStopped = true
  }
  const brokeOff = (): void => end(new Error('the body broke off before it was complete'))
  if (source.destroyed) brokeOff()
  else
    source
      .on('data', hear)
      .on('end', () => end())
      .on('error', end)
      .on('close', brokeOff)
  return {
    broken: () => broken,
    taken(bytes) {
      const wasMuch = held > few
      held -= bytes
      if (wasMuch && held <= few && !source.destroyed) source.resume()
    },
    stop() {
      isStopped = true
      // Whoever still sends must not wait for ever.
      if (!source.destroyed) source.resume()
    },
  }
}
