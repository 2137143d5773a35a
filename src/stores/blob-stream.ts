import type { FileHandle } from 'node:fs/promises'
import { Readable, type Writable } from 'node:stream'
import type { Pourable } from '../lib/index.ts'

/** Buffers of one size that are used again and again. */
export interface BufferPool {
  take(): Buffer
  give(buffer: Buffer): void
}

/** How many buffers wait to be used again at most. */
const kept = 16

/** Makes a pool of buffers of `size` bytes. */
export function createBufferPool(size: number): BufferPool {
  const free: Buffer[] = []
  return {
    take: () => free.pop() ?? Buffer.allocUnsafeSlow(size),
    give(buffer) {
      if (free.length < kept) free.push(buffer)
    },
  }
}

/** A file that ends before the bytes do that its record has: damage on the disk, which nobody may take for the whole. */
class TruncatedBlob extends Error {
  constructor(wanted: number, found: number) {
    super(`a stored body is damaged: its file ends at byte ${found}, and ${wanted} were kept`)
  }
}

/** Writes bytes; resolves once they are no longer needed. */
function written(target: Writable, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    target.write(bytes, error => (error ? reject(error) : resolve()))
  })
}

/** The bytes of a blob from `from` to before `to`; a class because streams are. */
export class BlobStream extends Readable implements Pourable {
  readonly #file: FileHandle
  readonly #buffers: BufferPool
  readonly #to: number
  #at: number

  constructor(file: FileHandle, buffers: BufferPool, { from, to }: { from: number; to: number }) {
    super({ highWaterMark: 256 * 1024 })
    this.#file = file
    this.#buffers = buffers
    this.#at = from
    this.#to = to
  }

  async #readInto(buffer: Buffer): Promise<Buffer> {
    const length = Math.min(buffer.length, this.#to - this.#at)
    if (length <= 0) return buffer.subarray(0, 0)
    const { bytesRead } = await this.#file.read(buffer, 0, length, this.#at)
    this.#at += bytesRead
    if (bytesRead === 0 && Number.isFinite(this.#to)) throw new TruncatedBlob(this.#to, this.#at)
    return buffer.subarray(0, bytesRead)
  }

  override _read(size: number): void {
    this.#readInto(Buffer.allocUnsafeSlow(Math.max(0, Math.min(size, this.#to - this.#at)))).then(
      bytes => this.push(bytes.length === 0 ? null : bytes),
      error => this.destroy(error),
    )
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#file.close().then(
      () => done(error),
      failure => done(error ?? failure),
    )
  }

  async pourInto(target: Writable): Promise<void> {
    let left = (): void => {}
    const gone = new Promise<never>((_, reject) => {
      left = () => reject(new Error('the reader went away'))
    })
    gone.catch(() => {})
    target.once('close', left)
    // One is read into while the other is on its way.
    let [reading, writing] = [this.#buffers.take(), this.#buffers.take()]
    let sent: Promise<void> = Promise.resolve()
    let clean = false
    try {
      for (;;) {
        const bytes = await this.#readInto(reading)
        await Promise.race([sent, gone])
        if (bytes.length === 0) break
        sent = written(target, bytes)
        sent.catch(() => {})
        ;[reading, writing] = [writing, reading]
      }
      clean = true
      target.off('close', left)
      target.end()
    } finally {
      // What a broken connection still holds is not used again.
      if (clean) for (const buffer of [reading, writing]) this.#buffers.give(buffer)
      this.destroy()
    }
  }
}
