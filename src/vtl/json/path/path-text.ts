import { JavaException } from '../../java/value.ts'

/** A path that is none: a 500 in API Gateway (assumed: Jayway throws InvalidPathException). */
export function invalidPath(message: string): JavaException {
  return new JavaException('com.jayway.jsonpath.InvalidPathException', message)
}

/** A position in the text of a path or a filter, with what both parsers ask of it. */
export class PathText {
  readonly text: string
  position: number
  readonly end: number

  constructor(text: string, position = 0, end = text.length) {
    this.text = text
    this.position = position
    this.end = end
  }

  get current(): string {
    return this.position < this.end ? (this.text[this.position] ?? '') : ''
  }

  get atEnd(): boolean {
    return this.position >= this.end
  }

  skipBlanks(): this {
    while (this.current === ' ') this.position++
    return this
  }

  /** Takes `expected` if it stands next, blanks before it aside. */
  accept(expected: string): boolean {
    const before = this.position
    this.skipBlanks()
    if (this.text.startsWith(expected, this.position) && this.position + expected.length <= this.end) {
      this.position += expected.length
      return true
    }
    this.position = before
    return false
  }

  expect(expected: string): void {
    if (!this.accept(expected)) throw invalidPath(`Expected ${expected} at ${this.position} in ${this.text}`)
  }

  /** The position of the bracket that closes the one at `from`, strings (and patterns) skipped. */
  closing(from: number, open: string, close: string, patterns: boolean): number {
    let depth = 0
    for (let index = from; index < this.end; index++) {
      const character = this.text[index] ?? ''
      if (character === "'" || character === '"' || (patterns && character === '/')) {
        index = this.endOfQuoted(index)
      } else if (character === open) depth++
      else if (character === close && --depth === 0) return index
    }
    throw invalidPath(`Nothing closes the ${open} at ${from} in ${this.text}`)
  }

  /** The position of the quote that ends the text quoted at `from`. */
  endOfQuoted(from: number): number {
    const quote = this.text[from]
    for (let index = from + 1; index < this.end; index++) {
      const character = this.text[index]
      if (character === '\\') index++
      else if (character === quote) return index
    }
    throw invalidPath(`Nothing ends the quotation at ${from} in ${this.text}`)
  }
}

/** Undoes backslash escapes in a quoted name or string. */
export function unescapeQuoted(text: string): string {
  return text.replaceAll(/\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g, (_match, digits?: string, character = '') => {
    if (digits !== undefined) return String.fromCharCode(Number.parseInt(digits, 16))
    return controls[character] ?? character
  })
}

const controls: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' }
