/** What the walk looks at of a token; a list of them ends in one of kind `end`. */
interface Token {
  readonly kind: string
  readonly text: string
}

/** Walks the tokens of an expression or a statement; the grammars of both are written over it. */
export abstract class TokenWalk<Own extends Token> {
  readonly tokens: readonly Own[]
  position = 0
  readonly #maximumNesting: number
  #nesting = 0

  /** `maximumNesting`: beyond it a text is refused before it can exhaust the stack. */
  constructor(tokens: readonly Own[], maximumNesting: number) {
    this.tokens = tokens
    this.#maximumNesting = maximumNesting
  }

  /** The error for the token that stands here. */
  abstract unexpected(): Error

  /** The error for what is nested too deeply. */
  abstract tooDeep(): Error

  peek(offset = 0): Own {
    const token = this.tokens[Math.min(this.position + offset, this.tokens.length - 1)]
    if (token === undefined) throw new Error('a token list always ends in its end token')
    return token
  }

  take(): Own {
    const token = this.peek()
    if (token.kind !== 'end') this.position++
    return token
  }

  isSymbol(text: string, offset = 0): boolean {
    const token = this.peek(offset)
    return token.kind === 'symbol' && token.text === text
  }

  /** Takes the symbol if it is next. */
  acceptSymbol(text: string): boolean {
    if (!this.isSymbol(text)) return false
    this.position++
    return true
  }

  expectSymbol(text: string): void {
    if (!this.acceptSymbol(text)) throw this.unexpected()
  }

  /** Whether a word in upper case is next, whatever its case here. */
  isKeyword(word: string, offset = 0): boolean {
    const token = this.peek(offset)
    return token.kind === 'word' && token.text.length === word.length && token.text.toUpperCase() === word
  }

  acceptKeyword(word: string): boolean {
    if (!this.isKeyword(word)) return false
    this.position++
    return true
  }

  expectKeyword(word: string): void {
    if (!this.acceptKeyword(word)) throw this.unexpected()
  }

  expectEnd(): void {
    if (this.peek().kind !== 'end') throw this.unexpected()
  }

  /** Runs one level deeper, bounded. */
  nested<Result>(parse: () => Result): Result {
    if (++this.#nesting > this.#maximumNesting) throw this.tooDeep()
    try {
      return parse()
    } finally {
      this.#nesting--
    }
  }
}
