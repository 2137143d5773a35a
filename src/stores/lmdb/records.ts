import type { Bytes } from '../store.ts'
import type { Layer, Place } from './layer.ts'

/** Bytes before the records of one group, for what the log writes there. */
export const headLength = 12

/** Two lengths before each record's key and value. */
const recordHead = 8
/** In place of the value's length. */
const removed = 0xff_ff_ff_ff
const slabLength = 1024 * 1024

/**
 * The records of changes as the log keeps them: the key's length, the value's, the full key, the value.
 *
 * A value is copied once, into the log's bytes, and read from there until the tree has it. Then its slab is used again:
 * a buffer that waits for the collector counts as external memory, and enough of them make it mark the whole heap.
 */
export class Records {
  #slab: Buffer = Buffer.allocUnsafeSlow(slabLength)
  readonly #free: Buffer[] = []
  /** Slabs of the open group, and of the one that was taken last. */
  #open = [this.#slab]
  #taken: readonly Buffer[] = []
  #start = 0
  #end = headLength

  /** Where the next record will stand, within its group: a transaction that fails goes back to it. */
  get end(): number {
    return this.#end - this.#start
  }

  set end(end: number) {
    this.#end = this.#start + end
  }

  /** `prefix` and `key`, which is text of one character for each byte, are the full key. Answers where the value's copy is. */
  put(prefix: Bytes, key: string, value: Bytes): Place {
    const start = this.#add(prefix, key, value.length, value.length)
    this.#slab.set(value, start)
    this.#end = start + value.length
    return { slab: this.#slab, start, end: this.#end }
  }

  remove(prefix: Bytes, key: string): void {
    this.#end = this.#add(prefix, key, 0, removed)
  }

  /** The records so far with room for the head in front; what comes now belongs to the next group. */
  take(): Buffer {
    const group = this.#slab.subarray(this.#start, this.#end)
    this.#taken = this.#open
    this.#start = this.#end
    this.#makeRoom(headLength)
    this.#end = this.#start + headLength
    this.#open = [this.#slab]
    return group
  }

  /** Takes back a slab that no change points to but those of groups that are not durable. */
  recycle(slab: Buffer): void {
    if (slab.length === slabLength && !this.#open.includes(slab) && !this.#taken.includes(slab))
      this.#free.push(slab)
  }

  /** Writes lengths and key; answers where the value goes. */
  #add(prefix: Bytes, key: string, length: number, lengthOrRemoved: number): number {
    const keyLength = prefix.length + key.length
    this.#makeRoom(recordHead + keyLength + length)
    const at = this.#end
    this.#slab.writeUInt32LE(keyLength, at)
    this.#slab.writeUInt32LE(lengthOrRemoved, at + 4)
    this.#slab.set(prefix, at + recordHead)
    this.#slab.write(key, at + recordHead + prefix.length, 'latin1')
    return at + recordHead + keyLength
  }

  #makeRoom(length: number): void {
    if (this.#end + length <= this.#slab.length) return
    const used = this.#slab.subarray(this.#start, this.#end)
    const wanted = used.length + length
    // What was placed in the old one stays there.
    this.#slab =
      wanted > slabLength
        ? Buffer.allocUnsafeSlow(2 * wanted)
        : (this.#free.pop() ?? Buffer.allocUnsafeSlow(slabLength))
    this.#slab.set(used)
    this.#open.push(this.#slab)
    this.#end = used.length
    this.#start = 0
  }
}

/** Reads the records of one group, which are known to be whole, into a layer. */
export function readRecords(slab: Buffer, layer: Layer): void {
  for (let at = 0; at < slab.length; ) {
    const keyLength = slab.readUInt32LE(at)
    const length = slab.readUInt32LE(at + 4)
    const key = slab.subarray(at + recordHead, at + recordHead + keyLength)
    const start = at + recordHead + keyLength
    const kept = length === removed ? null : { slab, start, end: start + length }
    const zero = key.indexOf(0)
    layer.set({ table: key.toString('utf8', 0, zero), key: key.toString('latin1', zero + 1), kept })
    at = kept?.end ?? start
  }
}
