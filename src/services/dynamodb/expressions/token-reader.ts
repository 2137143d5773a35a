import { TokenWalk } from '../token-walk.ts'
import type { PathStep } from './ast.ts'
import { syntaxError, type Token, tokenize } from './tokens.ts'

/** Nesting beyond which an expression is refused before it can exhaust the stack. */
const maximumNesting = 300

/** Walks an expression's tokens; each `parse-…` module is a grammar over it. */
export class TokenReader extends TokenWalk<Token> {
  readonly text: string
  readonly keywords: ReadonlySet<string>

  /** `keywords`: the words that this grammar does not take as attribute names, in upper case. */
  constructor(text: string, keywords: ReadonlySet<string>) {
    super(tokenize(text), maximumNesting)
    this.text = text
    this.keywords = keywords
  }

  override unexpected(): Error {
    return syntaxError(this.text, this.tokens, this.position)
  }

  override tooDeep(): Error {
    return this.unexpected()
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
