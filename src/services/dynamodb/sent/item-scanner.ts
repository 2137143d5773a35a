import type { Buffer } from 'node:buffer'
import { maximumDepth } from '../values/check-value.ts'
import {
  closesList,
  closesMap,
  colon,
  comma,
  letterB,
  letterL,
  letterM,
  letterN,
  letterS,
  nine,
  opensList,
  opensMap,
  quote,
  underscore,
  zero,
} from './characters.ts'
import { DistinctTexts } from './distinct-texts.ts'
import { ScalarBytes } from './scalar-bytes.ts'

/** What the model allows an attribute's name. */
const longestName = 65_535

/**
 * Reads an item from a request's bytes without making anything of it: whether every value is one that DynamoDB takes,
 * how large it is as `itemSize` counts, and whether its text is what JSON.stringify would write of it. Whatever is wrong
 * or odd is refused, and read in the usual way, which has the words for it.
 */
export class ItemScanner extends ScalarBytes {
  /** The size of the item that was read last. */
  size = 0
  /** Whether it can be kept as it was sent. */
  isCanonical = true
  /** Of each of its attributes: where the name begins and ends, without quotes, and where the value does. */
  places: number[] = []
  private readonly texts: DistinctTexts

  constructor(bytes: Buffer) {
    super(bytes)
    this.texts = new DistinctTexts(bytes)
  }

  /** Reads the item at a position and answers where it ends, or -1. */
  item(from: number): number {
    this.size = 0
    this.isCanonical = true
    this.places = []
    this.hasBlanks = false
    this.texts.count = 0
    const end = this.members(from, 0, 0)
    if (this.hasBlanks) this.isCanonical = false
    return end
  }

  /** A map; each of its attributes counts `more` bytes besides its name and value. */
  private members(from: number, depth: number, more: number): number {
    const { bytes } = this
    const base = this.texts.count
    let at = this.opened(from, opensMap)
    if (at < 0 || bytes[at] === closesMap) return at < 0 ? at : at + 1
    for (;;) {
      if (bytes[at] !== quote) return -1
      const name = at + 1
      const end = this.string(name)
      if (end <= name || this.escaping !== 'none' || end - name > longestName) return -1
      if (!this.texts.add(base, name, end)) return -1
      // Only JSON.parse defines this name as any other.
      if (bytes[name] === underscore && bytes.toString('latin1', name, end) === '__proto__') return -1
      // JavaScript puts names that are numbers in front.
      if ((bytes[name] as number) <= nine && (bytes[name] as number) >= zero) this.isCanonical = false
      this.size += end - name + more
      const value = this.behindColon(end + 1)
      at = value < 0 ? -1 : this.value(value, depth)
      if (at < 0) return -1
      if (depth === 0) this.places.push(name, end, value, at)
      at = this.skipBlanks(at)
      if (bytes[at] === closesMap) return this.texts.drop(base) ? at + 1 : -1
      if (bytes[at] !== comma) return -1
      at = this.skipBlanks(at + 1)
    }
  }

  /** A value: one member, whose name is its type. */
  private value(from: number, depth: number): number {
    const { bytes } = this
    const type = this.opened(from, opensMap)
    if (type < 0 || bytes[type] !== quote) return -1
    const end = bytes[type + 2] === quote ? type + 2 : this.string(type + 1)
    const content = end < 0 ? -1 : this.behindColon(end + 1)
    if (content < 0) return -1
    let at =
      end === type + 2
        ? this.content(content, bytes[type + 1] as number, depth)
        : this.rare(content, type + 1, end)
    if (at < 0) return -1
    at = this.skipBlanks(at)
    return bytes[at] === closesMap ? at + 1 : -1
  }

  private content(from: number, type: number, depth: number): number {
    if (type === letterS || type === letterN || type === letterB) return this.scalar(from, type)
    if ((type !== letterM && type !== letterL) || depth >= maximumDepth) return -1
    this.size += 3
    return type === letterM ? this.members(from, depth + 1, 1) : this.list(from, depth + 1)
  }

  private list(from: number, depth: number): number {
    const { bytes } = this
    let at = this.opened(from, opensList)
    if (at < 0 || bytes[at] === closesList) return at < 0 ? at : at + 1
    for (;;) {
      this.size++
      at = this.value(at, depth)
      if (at < 0) return -1
      at = this.skipBlanks(at)
      if (bytes[at] === closesList) return at + 1
      if (bytes[at] !== comma) return -1
      at = this.skipBlanks(at + 1)
    }
  }

  /** A set, a boolean or a null; `type` is where its name begins. */
  private rare(from: number, type: number, end: number): number {
    const { bytes } = this
    const first = bytes[type] as number
    if (end === type + 2) {
      const isSet = first === letterS || first === letterN || first === letterB
      return isSet && bytes[type + 1] === letterS ? this.set(from, first) : -1
    }
    this.size++
    if (first === letterB && this.holds('BOOL"', type))
      return this.holds('true', from) ? from + 4 : this.holds('false', from) ? from + 5 : -1
    return first === letterN && this.holds('NULL"', type) && this.holds('true', from) ? from + 4 : -1
  }

  private set(from: number, type: number): number {
    const { bytes } = this
    const base = this.texts.count
    let at = this.opened(from, opensList)
    for (;;) {
      const end = at < 0 ? -1 : this.scalar(at, type)
      // One text may be escaped in several ways.
      if (end < 0 || this.escaping !== 'none' || !this.texts.add(base, at + 1, end - 1)) return -1
      at = this.skipBlanks(end)
      if (bytes[at] === closesList) return this.texts.drop(base) ? at + 1 : -1
      if (bytes[at] !== comma) return -1
      at = this.skipBlanks(at + 1)
    }
  }

  /** A string, number or binary, with its quotes. */
  private scalar(from: number, type: number): number {
    if (this.bytes[from] !== quote) return -1
    const end =
      type === letterS
        ? this.string(from + 1)
        : type === letterN
          ? this.number(from + 1)
          : this.binary(from + 1)
    if (end < 0) return -1
    if (this.escaping === 'unusual') this.isCanonical = false
    this.size += this.length
    return end + 1
  }

  private holds(word: string, from: number): boolean {
    for (let index = 0; index < word.length; index++)
      if (this.bytes[from + index] !== word.charCodeAt(index)) return false
    return true
  }

  private opened(from: number, bracket: number): number {
    return this.bytes[from] === bracket ? this.skipBlanks(from + 1) : -1
  }

  private behindColon(from: number): number {
    const at = this.skipBlanks(from)
    return this.bytes[at] === colon ? this.skipBlanks(at + 1) : -1
  }
}
