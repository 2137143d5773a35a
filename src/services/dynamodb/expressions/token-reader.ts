import type { PathStep } from './ast.ts'
import { syntaxError, type Token, tokenize } from './tokens.ts'

/** Nesting beyond which an expression is refused before it can exhaust the stack. */
const maximumNesting = 300

/** Walks an expression's tokens; each `parse-…` module is a grammar over it. */
export class TokenReader {
  readonly text: string
  readonly keywords: ReadonlySet<string>
  readonly tokens: readonly Token[]
  position = 0
  #nesting = 0

  /** `keywords`: the words that this grammar does not take as attribute names, in upper case. */
  constructor(text: string, keywords: ReadonlySet<string>) {
    this.text = text
    this.keywords = keywords
    this.tokens = tokenize(text)
  }

  peek(offset = 0): Token {
    const token = this.tokens[Math.min(this.position + offset, this.tokens.length - 1)]
    if (token === undefined) throw new Error('a token list always ends in its end token')
    return token
  }

  take(): Token {
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

  isKeyword(word: string, offset = 0): boolean {
    const token = this.peek(offset)
    return token.kind === 'word' && token.text.length === word.length && token.text.toUpperCase() === word
  }

  acceptKeyword(word: string): boolean {
    if (!this.isKeyword(word)) return false
    this.position++
    return true
  }

  /** The error for the token that stands here. */
  unexpected(): Error {
    return syntaxError(this.text, this.tokens, this.position)
  }

  expectEnd(): void {
    if (this.peek().kind !== 'end') throw this.unexpected()
  }

  /** Runs one level deeper, bounded. */
  nested<Result>(parse: () => Result): Result {
    if (++this.#nesting > maximumNesting) throw this.unexpected()
    try {
      return parse()
    } finally {
      this.#nesting--
    }
  }

  /** `a`, `#a`, followed by any of `.b`, `.#b`, `[0]`. */
  path(): PathStep[] {
    const steps: PathStep[] = [this.pathName()]
    this.pathTail(steps)
    return steps
  }

  /** What follows a path's head. */
  pathTail(steps: PathStep[]): void {
    for (;;) {
      if (this.acceptSymbol('.')) steps.push(this.pathName())
      else if (this.acceptSymbol('[')) {
        if (this.peek().kind !== 'number') throw this.unexpected()
        steps.push({ kind: 'index', index: Number(this.take().text) })
        this.expectSymbol(']')
      } else return
    }
  }

  private pathName(): PathStep {
    const token = this.peek()
    if (token.kind === 'name') {
      this.take()
      return { kind: 'placeholder', name: token.text }
    }
    if (token.kind !== 'word' || this.keywords.has(token.text.toUpperCase())) throw this.unexpected()
    this.take()
    return { kind: 'name', name: token.text }
  }
}
