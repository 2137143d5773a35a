import { Buffer } from 'node:buffer'

const firstSize = 512 * 1024

/** Bytes that the journal has copied, as long as nothing newer lies where they lay. */
export interface KeptBytes {
  readonly ring: { readonly bytes: Buffer; readonly written: number }
  /** Where they begin, counted from the first byte that this ring has ever had. */
  readonly start: number
  readonly length: number
}

/**
 * Keeps copies of the newest bytes one behind the other in one piece of memory. A request's own buffer, kept for a
 * journal, would survive the young collections and leave holes in the heap when it goes.
 */
export class ByteRing {
  readonly #largest: number
  #ring = { bytes: Buffer.alloc(0), written: 0 }

  constructor(largest: number) {
    this.#largest = largest
  }

  /** Copies bytes in; `needed` is how many are to stay readable. */
  keep(bytes: Uint8Array, needed: number): KeptBytes {
    let size = this.#ring.bytes.length
    if (size < this.#largest && needed + bytes.length > size) {
      for (size ||= firstSize; size < this.#largest && needed + bytes.length > size; ) size *= 2
      // What lies in the one before stays there until nobody has it any more.
      this.#ring = { bytes: Buffer.allocUnsafeSlow(Math.min(size, this.#largest)), written: 0 }
    }
    const ring = this.#ring
    const { length } = bytes
    // Bytes lie in one piece: the end that is too short for them is passed over.
    const left = ring.bytes.length - (ring.written % ring.bytes.length)
    const start = ring.written + (left < length ? left : 0)
    ring.bytes.set(bytes, start % ring.bytes.length)
    ring.written = start + length
    return { ring, start, length }
  }
}

/** The bytes, in place, or undefined where newer ones lie. */
export function readKept({ ring, start, length }: KeptBytes): Uint8Array | undefined {
  if (ring.written - start > ring.bytes.length) return undefined
  const at = start % ring.bytes.length
  return ring.bytes.subarray(at, at + length)
}

/** Bytes that are kept where they are. */
export const whole = (bytes: Uint8Array): KeptBytes => ({
  ring: { bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), written: bytes.length },
  start: 0,
  length: bytes.length,
})
