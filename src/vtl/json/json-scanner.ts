import { text } from '../java/value.ts'
import { numberOf } from './json-number.ts'

const quote = 0x22
const backslash = 0x5c

/**
 * Prints JSON as `$input.json` does without building anything: blanks go, numbers and escapes are respelled.
 */
export class JsonScanner {
  readonly #source: string
  at: number
  /** The compact text so far; undefined where nobody collects. */
  #pieces: string[] | undefined
  /** Where the part of the source begins that is not in `#pieces` yet. */
  #from = 0
  /** Names seen in the objects that are open, to find one that comes twice. */
  #names: string[] = []
  #twice = false

  constructor(source: string, at = 0) {
    this.#source = source
    this.at = at
  }

  /**
   * The value that begins here, as `$input.json` prints it; undefined where it is no JSON, or has a name twice, so that
   * it must be read to be printed.
   */
  compact(): string | undefined {
    this.blanks()
    this.#pieces = []
    this.#from = this.at
    const valid = this.value()
    const compact = this.#pieces.length === 0 ? this.#source.slice(this.#from, this.at) : this.#collected()
    this.#pieces = undefined
    return valid && !this.#twice ? compact : undefined
  }

  #collected(): string {
    this.#pieces?.push(this.#source.slice(this.#from, this.at))
    return this.#pieces?.join('') ?? ''
  }

  /** Passes one value; false where there is none. */
  value(): boolean {
    this.blanks()
    switch (this.#source.charCodeAt(this.at)) {
      case 0x7b:
        return this.#object()
      case 0x5b:
        return this.#array()
      case quote:
        return this.string()
      case 0x74:
        return this.#word('true')
      case 0x66:
        return this.#word('false')
      case 0x6e:
        return this.#word('null')
      default:
        return this.#number()
    }
  }

  /** Passes blanks, which compact text leaves out. */
  blanks(): void {
    const start = this.at
    while (this.#source.charCodeAt(this.at) <= 32) this.at++
    if (this.#pieces !== undefined && this.at > start) this.#replace(start, '')
  }

  /** Passes a string; false where it does not end or holds a control character that nobody escaped. */
  string(): boolean {
    const source = this.#source
    let at = this.at + 1
    for (;;) {
      const code = source.charCodeAt(at)
      if (code === quote) {
        this.at = at + 1
        return true
      }
      if (code === backslash) {
        at = this.#escape(at)
        if (at < 0) return false
      } else if (code >= 32) at++
      else if (Number.isNaN(code)) return false
      else {
        // Read, it is a character like any other; printed, it needs an escape.
        this.#twice = true
        at++
      }
    }
  }

  #object(): boolean {
    const names = this.#names.length
    let seen = 0
    this.at++
    this.blanks()
    if (this.#source.charCodeAt(this.at) === 0x7d) {
      this.at++
      return true
    }
    for (;;) {
      this.blanks()
      if (this.#source.charCodeAt(this.at) !== quote) return false
      const start = this.at
      if (!this.string()) return false
      if (this.#pieces !== undefined) seen = this.#note(start, seen, names)
      this.blanks()
      if (this.#source.charCodeAt(this.at++) !== 0x3a) return false
      if (!this.value()) return false
      this.blanks()
      const end = this.#source.charCodeAt(this.at++)
      if (end === 0x7d) {
        this.#names.length = names
        return true
      }
      if (end !== 0x2c) return false
    }
  }

  /** Keeps the name that ends here, and compares it with its siblings only where their marks are alike. */
  #note(start: number, seen: number, siblings: number): number {
    const length = this.at - start
    const mark =
      1 << ((length + this.#source.charCodeAt(start + 1) + this.#source.charCodeAt(this.at - 2)) & 31)
    const name = this.#source.slice(start, this.at)
    if ((seen & mark) !== 0 && this.#names.includes(name, siblings)) this.#twice = true
    // An escape can spell a name in two ways.
    if (seen !== 0 && name.includes('\\')) this.#twice = true
    this.#names.push(name)
    return seen | mark
  }

  #array(): boolean {
    this.at++
    this.blanks()
    if (this.#source.charCodeAt(this.at) === 0x5d) {
      this.at++
      return true
    }
    for (;;) {
      if (!this.value()) return false
      this.blanks()
      const end = this.#source.charCodeAt(this.at++)
      if (end === 0x5d) return true
      if (end !== 0x2c) return false
    }
  }

  #word(word: string): boolean {
    if (!this.#source.startsWith(word, this.at)) return false
    this.at += word.length
    return true
  }

  #number(): boolean {
    const source = this.#source
    const start = this.at
    let at = start
    if (source.charCodeAt(at) === 0x2d) at++
    const first = at
    while (isDigit(source.charCodeAt(at))) at++
    if (at === first) return false
    const next = source.charCodeAt(at)
    if (next === 0x2e || next === 0x65 || next === 0x45) {
      numeral.lastIndex = start
      if (!numeral.test(source)) return false
      this.at = numeral.lastIndex
      this.#respell(start)
      return true
    }
    this.at = at
    // Leading zeros go, and so does the sign of zero.
    if (source.charCodeAt(first) === 0x30 && (at > first + 1 || first > start)) this.#respell(start)
    return true
  }

  /** Puts a number as Java prints it in place of how it was written. */
  #respell(start: number): void {
    if (this.#pieces === undefined) return
    const written = this.#source.slice(start, this.at)
    const printed = text(numberOf(written))
    if (printed !== written) this.#replace(start, printed)
  }

  /** Passes an escape; the position behind it, or -1. */
  #escape(at: number): number {
    const kind = this.#source[at + 1] ?? ''
    if ('"\\nrtbf'.includes(kind) && kind !== '') return at + 2
    let end = at + 2
    let meant = kind
    if (kind === 'u') {
      const digits = this.#source.slice(at + 2, at + 6)
      if (!/^[0-9a-fA-F]{4}$/.test(digits)) return -1
      meant = String.fromCharCode(Number.parseInt(digits, 16))
      end = at + 6
    }
    if (kind === '') return -1
    if (this.#pieces !== undefined) {
      if (meant < ' ' || meant === '"' || meant === '\\') this.#twice = true
      this.at = end
      this.#replace(at, meant)
    }
    return end
  }

  /** Leaves out the source from `start` to here, for `by`. */
  #replace(start: number, by: string): void {
    if (start > this.#from) this.#pieces?.push(this.#source.slice(this.#from, start))
    if (by !== '') this.#pieces?.push(by)
    this.#from = this.at
  }
}

const numeral = /-?[0-9]+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]+)?/y

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}
