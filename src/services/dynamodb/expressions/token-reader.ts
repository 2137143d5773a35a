import { TokenWalk } from '../token-walk.ts'
import type { PathStep } from './ast.ts'
import { expressionError } from './expression-error.ts'
import { syntaxError, type Token, tokenize } from './tokens.ts'

/** Nesting beyond which an expression is refused before it can exhaust the stack. */
const maximumNesting = 300

/** Steps that a path may have, its head included. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
const deepestPath = 32

/** What an index may be at most; that it is a 32-bit number is assumed. */
const largestIndex = 2 ** 31 - 1

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
        steps.push({ kind: 'index', index: this.index() })
        this.expectSymbol(']')
      } else break
    }
    // Words of this and of an index out of range: ScyllaDB's suite, which quotes AWS.
    if (steps.length > deepestPath)
      throw expressionError(`The document path has too many nesting levels; nesting levels: ${steps.length}`)
  }

  private index(): number {
    const { text } = this.take()
    if (Number(text) > largestIndex)
      throw expressionError(`List index is not within the allowable range; index: [${text}]`)
    return Number(text)
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
