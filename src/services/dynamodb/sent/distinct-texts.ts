import type { Buffer } from 'node:buffer'

/** So many are compared each with each; more are looked up. */
const few = 12

/** The names of maps and members of sets that are being read, of which no two in one map or set may be the same. */
export class DistinctTexts {
  /** How many numbers are kept: a beginning and an end for each text. */
  count = 0
  private readonly bytes: Buffer
  private readonly kept: number[] = []

  constructor(bytes: Buffer) {
    this.bytes = bytes
  }

  /** Keeps a text of the map or set whose first one is at `base`; answers whether it may be another than those before. */
  add(base: number, start: number, end: number): boolean {
    const kept = this.kept
    if (this.count - base <= 2 * few) {
      for (let at = base; at < this.count; at += 2)
        if (
          (kept[at + 1] as number) - (kept[at] as number) === end - start &&
          this.equals(kept[at] as number, start, end)
        )
          return false
    }
    kept[this.count++] = start
    kept[this.count++] = end
    return true
  }

  private equals(other: number, start: number, end: number): boolean {
    const bytes = this.bytes
    for (let at = end - 1, before = other + end - 1 - start; at >= start; at--, before--)
      if (bytes[at] !== bytes[before]) return false
    return true
  }

  /** Forgets a map's or set's texts; answers whether they were all different. */
  drop(base: number): boolean {
    const count = (this.count - base) / 2
    let isDistinct = true
    if (count > few) {
      const texts = new Set<string>()
      for (let at = base; at < this.count; at += 2)
        texts.add(this.bytes.toString('latin1', this.kept[at] as number, this.kept[at + 1] as number))
      isDistinct = texts.size === count
    }
    this.count = base
    return isDistinct
  }
}
