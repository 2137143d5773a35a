import { Lexer } from './lexer.ts'
import { type SyntaxFault, syntaxFault } from './syntax-fault.ts'
import type { Token, TokenKind } from './token.ts'

/** The parser's view of the tokens: it looks ahead no further than it must, for its own steps change how the rest reads. */
export class TokenReader {
  readonly lexer: Lexer
  readonly tokens: Token[] = []
  #position = 0

  constructor(source: string) {
    this.lexer = new Lexer(source)
  }

  /** The token `distance` ahead; 1 is the next one. */
  peek(distance = 1): Token {
    const index = this.#position + distance - 1
    for (;;) {
      const token = this.tokens[index]
      if (token !== undefined) return token
      this.tokens.push(this.lexer.next())
    }
  }

  /** Index of the next token. */
  get ahead(): number {
    this.peek()
    return this.#position
  }

  /** Index of the token that was taken last. */
  get behind(): number {
    return this.#position - 1
  }

  take(kind: TokenKind, expected: string): Token {
    const token = this.peek()
    if (token.kind !== kind) throw this.fault(expected)
    this.#position++
    return token
  }

  /** Takes the next token if it is one of `kind`. */
  accept(kind: TokenKind): Token | undefined {
    const token = this.peek()
    if (token.kind !== kind) return undefined
    this.#position++
    return token
  }

  fault(expected: string): SyntaxFault {
    const { kind, image, offset } = this.peek()
    return syntaxFault(kind === 'EOF' ? 'the end' : `\`${image.trim()}\``, expected, offset)
  }
}
