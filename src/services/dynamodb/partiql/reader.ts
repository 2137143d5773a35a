import { validationException } from '../errors.ts'
import type { Path } from '../expressions/index.ts'
import { TokenWalk } from '../token-walk.ts'
import type { AttributeValue } from '../values/attribute-value.ts'
import { checkValue } from '../values/check-value.ts'
import { malformed, type Token, tokenize } from './tokens.ts'

/** Nesting beyond which a statement is refused before it can exhaust the stack. */
const maximumNesting = 100

/** Walks a statement's tokens and hands out its parameters in order. */
export class StatementReader extends TokenWalk<Token> {
  readonly parameters: readonly AttributeValue[]
  used = 0

  constructor(statement: string, parameters: readonly AttributeValue[]) {
    super(tokenize(statement), maximumNesting)
    this.parameters = parameters
  }

  override unexpected(): Error {
    return malformed(`unexpected "${this.peek().text}"`)
  }

  override tooDeep(): Error {
    return malformed('it is nested too deeply')
  }

  /** The value of the next `?`. */
  parameter(): AttributeValue {
    const value = this.parameters[this.used++]
    if (value === undefined) throw parameterCount()
    const problem = checkValue(value)
    if (problem !== undefined) throw validationException(problem)
    return value
  }

  /** Nothing may follow, and no parameter may be left. */
  finish(): void {
    this.expectEnd()
    if (this.used !== this.parameters.length) throw parameterCount()
  }

  name(): string {
    const token = this.peek()
    if (token.kind !== 'word' && token.kind !== 'name') throw this.unexpected()
    return this.take().text
  }

  /** `a."b"[0].c`. */
  path(): Path {
    const path: (string | number)[] = [this.name()]
    for (;;) {
      if (this.acceptSymbol('.')) path.push(this.name())
      else if (this.isSymbol('[') && this.peek(1).kind === 'number' && this.isSymbol(']', 2)) {
        path.push(Number(this.peek(1).text))
        this.position += 3
      } else return path
    }
  }
}

const parameterCount = (): Error =>
  validationException("Number of parameters in request and statement don't match.")
