import { type KeptBytes, readKept } from './byte-ring.ts'

/** What a stage saw, made when somebody looks: most records are never read. */
export class DeferredDetail {
  readonly #kept: KeptBytes
  readonly #read: (bytes: Uint8Array) => unknown

  constructor(kept: KeptBytes, read: (bytes: Uint8Array) => unknown) {
    this.#kept = kept
    this.#read = read
  }

  /** How many bytes it keeps alive until then. */
  get bytes(): number {
    return this.#kept.length
  }

  /** Of a request that took longer than the journal remembers nothing may be left. */
  make(): unknown {
    const bytes = readKept(this.#kept)
    return bytes === undefined ? '(no longer kept)' : this.#read(bytes)
  }

  toJSON(): unknown {
    return this.make()
  }
}
