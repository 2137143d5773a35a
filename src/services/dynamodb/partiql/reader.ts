import { validationException } from '../errors.ts'
import type { Path } from '../expressions/index.ts'
import type { AttributeValue } from '../values/attribute-value.ts'
import { checkValue } from '../values/check-value.ts'
import { malformed, type Token, tokenize } from './tokens.ts'

/** Nesting beyond which a statement is refused before it can exhaust the stack. */
const maximumNesting = 100

/** Walks a statement's tokens and hands out its parameters in order. */
export class StatementReader {
  readonly tokens: readonly Token[]
  readonly parameters: readonly AttributeValue[]
  position = 0
  used = 0
  #nesting = 0

  constructor(statement: string, parameters: readonly AttributeValue[]) {
    this.tokens = tokenize(statement)
    this.parameters = parameters
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

  accept(symbol: string): boolean {
    if (!this.isSymbol(symbol)) return false
    this.position++
    return true
  }

  expect(symbol: string): void {
    if (!this.accept(symbol)) throw this.unexpected()
  }

  isWord(word: string, offset = 0): boolean {
    const token = this.peek(offset)
    return token.kind === 'word' && token.text.toUpperCase() === word
  }

  acceptWord(word: string): boolean {
    if (!this.isWord(word)) return false
    this.position++
    return true
  }

  expectWord(word: string): void {
    if (!this.acceptWord(word)) throw this.unexpected()
  }

  unexpected(): Error {
    return malformed(`unexpected "${this.peek().text}"`)
  }

  /** Runs one level deeper, bounded. */
  nested<Result>(parse: () => Result): Result {
    if (++this.#nesting > maximumNesting) throw malformed('it is nested too deeply')
    const result = parse()
    this.#nesting--
    return result
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
    if (this.peek().kind !== 'end') throw this.unexpected()
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
      if (this.accept('.')) path.push(this.name())
      else if (this.isSymbol('[') && this.peek(1).kind === 'number' && this.isSymbol(']', 2)) {
        path.push(Number(this.peek(1).text))
        this.position += 3
      } else return path
    }
  }
}

const parameterCount = (): Error =>
  validationException("Number of parameters in request and statement don't match.")
