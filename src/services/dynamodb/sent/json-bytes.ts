import { Buffer } from 'node:buffer'
import {
  backslash,
  closesList,
  closesMap,
  comma,
  letterU,
  opensList,
  opensMap,
  quote,
  slash,
} from './characters.ts'

/** What may follow a backslash and is written so by JSON.stringify too: `"\bfnrt`. */
const escapes: ReadonlySet<number> = new Set(Array.from('"\\bfnrt', char => char.charCodeAt(0)))

/** Walks over JSON in UTF-8, byte by byte. Positions are answered, -1 where the text is wrong. */
export class JsonBytes {
  readonly bytes: Buffer
  /** Whether blanks between tokens were seen; whoever asks resets it. */
  hasBlanks = false
  /** Of the string that was read last: the bytes of its text. */
  length = 0
  /** Of the string that was read last: how it escapes. */
  escaping: 'none' | 'usual' | 'unusual' = 'none'

  constructor(bytes: Buffer) {
    this.bytes = bytes
  }

  /** The next position that holds no blank. */
  skipBlanks(from: number): number {
    const { bytes } = this
    let at = from
    while ((bytes[at] as number) <= 32 && this.isBlank(bytes[at])) at++
    return at
  }

  private isBlank(byte: number | undefined): boolean {
    if (byte !== 32 && byte !== 10 && byte !== 13 && byte !== 9) return false
    this.hasBlanks = true
    return true
  }

  /** The position of the quote that ends a string whose content begins at `from`. */
  string(from: number): number {
    const { bytes } = this
    const end = bytes.length
    for (let at = from; at < end; at++) {
      const byte = bytes[at] as number
      if (byte === quote) {
        this.length = at - from
        this.escaping = 'none'
        return at
      }
      if (byte < 32) return -1
      if (byte === backslash) return this.escaped(from, at)
    }
    return -1
  }

  private escaped(from: number, first: number): number {
    const { bytes } = this
    let saved = 0
    let hasUnits = false
    this.escaping = 'usual'
    for (let at = first; at < bytes.length; at++) {
      const byte = bytes[at] as number
      if (byte < 32) return -1
      if (byte === quote) {
        this.length = hasUnits ? this.unescapedLength(from, at) : at - from - saved
        return this.length < 0 ? -1 : at
      }
      if (byte !== backslash) continue
      const next = bytes[++at] as number
      saved++
      if (escapes.has(next)) continue
      this.escaping = 'unusual'
      if (next === letterU) hasUnits = true
      else if (next !== slash) return -1
    }
    return -1
  }

  private unescapedLength(from: number, to: number): number {
    try {
      return Buffer.byteLength(JSON.parse(this.bytes.toString('utf8', from - 1, to + 1)) as string)
    } catch {
      return -1
    }
  }

  /** The position behind a value, which is only looked through. */
  skipValue(from: number): number {
    const { bytes } = this
    let depth = 0
    for (let at = from; at < bytes.length; at++) {
      const byte = bytes[at]
      if (byte === quote) {
        at = this.string(at + 1)
        if (at < 0) return -1
        if (depth === 0) return at + 1
      } else if (byte === opensMap || byte === opensList) depth++
      else if (byte === closesMap || byte === closesList) {
        if (depth === 0) return at
        if (--depth === 0) return at + 1
      } else if (byte === comma && depth === 0) return at
    }
    return -1
  }
}
