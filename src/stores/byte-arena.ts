import type { Bytes } from './store.ts'

/** Up to this size a value shares a slab; a larger one has memory of its own. */
const largestShared = 16 * 1024
const firstSlab = 16 * 1024
const largestSlab = 1024 * 1024

/**
 * Where a value lies and how long it is: `(slab × 2^21 + offset) × 2^15 + length`, or below zero the number of a value
 * with memory of its own. One number, because an array of numbers has no object for each.
 */
export type Place = number

const lengths = 2 ** 15

/** 16 sizes for each doubling, so that at most a sixteenth is wasted; below 64 bytes every 8th size. */
function sizeClass(size: number): number {
  if (size <= 64) return (size + 7) & ~7
  const step = 2 ** (Math.floor(Math.log2(size - 1)) - 4)
  return Math.ceil(size / step) * step
}

/**
 * Keeps many small values in few large pieces of memory.
 *
 * A Uint8Array of its own costs some 300 bytes beside its content, a third of a typical item of 1 KB; packed, a value
 * costs its length rounded up.
 */
export class ByteArena {
  readonly #slabs: Buffer[] = []
  readonly #free = new Map<number, number[]>()
  readonly #large = new Map<Place, Buffer>()
  #end = 0
  #nextLarge = -1

  /** Copies `value` in. */
  store(value: Bytes): Place {
    const { length } = value
    if (length > largestShared) {
      this.#large.set(this.#nextLarge, Buffer.from(value))
      return this.#nextLarge--
    }
    const size = sizeClass(length)
    const start = this.#free.get(size)?.pop() ?? this.#grow(size)
    this.#slabs[Math.floor(start / 2 ** 21)]?.set(value, start % 2 ** 21)
    return start * lengths + length
  }

  /** A copy of what was stored: its memory may be given to another value later. */
  load(place: Place): Bytes {
    const { slab, offset, length } = this.#find(place)
    return Buffer.from(slab.subarray(offset, offset + length))
  }

  /** What was stored, one character for each byte. */
  text(place: Place): string {
    const { slab, offset, length } = this.#find(place)
    return slab.toString('latin1', offset, offset + length)
  }

  #find(place: Place): { readonly slab: Buffer; readonly offset: number; readonly length: number } {
    const large = place < 0 ? this.#large.get(place) : undefined
    if (large !== undefined) return { slab: large, offset: 0, length: large.length }
    const start = Math.floor(place / lengths)
    const slab = this.#slabs[Math.floor(start / 2 ** 21)]
    if (slab === undefined) throw new RangeError(`nothing is stored at ${place}`)
    return { slab, offset: start % 2 ** 21, length: place % lengths }
  }

  /** Gives the memory back. */
  release(place: Place): void {
    if (place < 0) {
      this.#large.delete(place)
      return
    }
    const size = sizeClass(place % lengths)
    const start = Math.floor(place / lengths)
    const starts = this.#free.get(size)
    if (starts === undefined) this.#free.set(size, [start])
    else starts.push(start)
  }

  /** The beginning of so many fresh bytes. */
  #grow(size: number): number {
    const current = this.#slabs.length - 1
    const slab = this.#slabs[current]
    if (slab === undefined || this.#end + size > slab.length) {
      const next = Math.min(largestSlab, Math.max(firstSlab, (slab?.length ?? 0) * 2, size))
      this.#slabs.push(Buffer.allocUnsafeSlow(next))
      this.#end = 0
      return this.#grow(size)
    }
    this.#end += size
    return current * 2 ** 21 + this.#end - size
  }
}
