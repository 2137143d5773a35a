import { Buffer } from 'node:buffer'
import { valueSize } from './item-size.ts'

/** Bytes of one block of DynamoDB's own storage, each of which begins with the sort key and some more. */
const blockSize = 3072
const blockHead = 18

const [comma, closingBrace, closingBracket, backslash, letterT] = [44, 125, 93, 92, 116] as const

/**
 * The size by which Query and Scan end a page. DynamoDB measures items for it as it stores them: names count one byte,
 * values have lengths in front, and the sort key stands once in each block (found by dynalite's author by trying pages
 * on AWS). `text` is an item as it is kept, a character for each byte, from `start`; it is only looked through, for a
 * page may hold thousands. `sortKey` is the attribute's name as it is written there, with its quotes.
 */
export function storedSize(text: string, start: number, sortKey: string | undefined): number {
  const found = new StoredText(text, start, sortKey)
  const size = found.item()
  return 2 + size + (1 + Math.floor((1 + size) / blockSize)) * (blockHead + found.sortKeySize)
}

/** What `storedSize` cannot be above, for an item of so many characters. */
export function largestStoredSize(length: number, hasSortKey: boolean): number {
  const sortKeySize = hasSortKey ? Math.min(length, 1024) : 0
  return 2 + length + (1 + Math.floor((1 + length) / blockSize)) * (blockHead + sortKeySize)
}

/** Reads what JSON.stringify wrote: no blanks, one member in each value. */
class StoredText {
  sortKeySize = 0
  readonly #text: string
  readonly #sortKey: string | undefined
  readonly #hasEscapes: boolean
  #at: number

  constructor(text: string, start: number, sortKey: string | undefined) {
    this.#text = text
    this.#at = start
    this.#sortKey = sortKey
    this.#hasEscapes = text.includes('\\')
  }

  item(): number {
    return this.#members(1, this.#sortKey)
  }

  /** The members of a map, from its `{` to after its `}`. */
  #members(each: number, sortKey?: string): number {
    let size = 0
    this.#at++
    while (this.#text.charCodeAt(this.#at) !== closingBrace) {
      if (this.#text.charCodeAt(this.#at) === comma) this.#at++
      const isSortKey = sortKey !== undefined && this.#text.startsWith(sortKey, this.#at)
      this.#string()
      // Past the colon.
      this.#at++
      if (isSortKey) this.sortKeySize = this.#value(false)
      else size += this.#value(true) + each
    }
    this.#at++
    return size
  }

  /** One value, from its `{` to after its `}`. */
  #value(withLength: boolean): number {
    const end = this.#text.indexOf('"', this.#at + 2)
    const type = this.#text.slice(this.#at + 2, end)
    this.#at = end + 2
    const size = this.#content(type, withLength)
    this.#at++
    return size
  }

  #content(type: string, withLength: boolean): number {
    switch (type) {
      case 'S': {
        const size = this.#string()
        return withLength ? size + (size < 128 ? 1 : size < 16_384 ? 2 : 3) : size
      }
      case 'N':
      case 'B':
        return this.#scalar(type) + (withLength ? 1 : 0)
      case 'SS':
        return this.#elements(() => this.#string()) + 1
      case 'NS':
      case 'BS':
        return this.#elements(() => this.#scalar(type === 'NS' ? 'N' : 'B')) + 1
      case 'L':
        return this.#elements(() => this.#value(true)) + 3
      case 'M':
        return this.#members(2) + 3
      default:
        // BOOL and NULL.
        this.#at += this.#text.charCodeAt(this.#at) === letterT ? 4 : 5
        return type === 'BOOL' ? 1 : 0
    }
  }

  /** A list, from its `[` to after its `]`: each element's size and one byte. */
  #elements(size: () => number): number {
    let sum = 0
    this.#at++
    while (this.#text.charCodeAt(this.#at) !== closingBracket) {
      if (this.#text.charCodeAt(this.#at) === comma) this.#at++
      sum += size() + 1
    }
    this.#at++
    return sum
  }

  #scalar(type: 'N' | 'B'): number {
    const start = this.#at + 1
    this.#string()
    const content = this.#text.slice(start, this.#at - 1)
    return valueSize(type === 'N' ? { N: content } : { B: content })
  }

  /** A string's bytes, from its quote to after the other. */
  #string(): number {
    const start = this.#at + 1
    let end = this.#text.indexOf('"', start)
    if (this.#hasEscapes) while (this.#isEscaped(end, start)) end = this.#text.indexOf('"', end + 1)
    this.#at = end + 1
    if (!this.#hasEscapes) return end - start
    const written = this.#text.slice(start - 1, end + 1)
    if (!written.includes('\\')) return end - start
    return Buffer.byteLength(JSON.parse(Buffer.from(written, 'latin1').toString()) as string)
  }

  #isEscaped(quote: number, start: number): boolean {
    let at = quote
    while (at > start && this.#text.charCodeAt(at - 1) === backslash) at--
    return (quote - at) % 2 === 1
  }
}
