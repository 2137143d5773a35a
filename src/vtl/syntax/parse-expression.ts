import type { BinaryOperator, Expression } from './node.ts'
import { parseValue } from './parse-value.ts'
import type { TokenKind } from './token.ts'
import type { TokenReader } from './token-reader.ts'

type Level = Readonly<Partial<Record<TokenKind, BinaryOperator>>>

/** From the loosest binding to the tightest. */
const levels: readonly Level[] = [
  { LOGICAL_OR: '||' },
  { LOGICAL_AND: '&&' },
  { LOGICAL_EQUALS: '==', LOGICAL_NOT_EQUALS: '!=' },
  { LOGICAL_LT: '<', LOGICAL_GT: '>', LOGICAL_LE: '<=', LOGICAL_GE: '>=' },
  { PLUS: '+', MINUS: '-' },
  { MULTIPLY: '*', DIVIDE: '/', MODULUS: '%' },
]

/** What stands in `#if(…)` and on the right of `#set`. */
export function parseExpression(reader: TokenReader): Expression {
  return parseLevel(reader, 0)
}

function parseLevel(reader: TokenReader, depth: number): Expression {
  const level = levels[depth]
  if (level === undefined) return parseUnary(reader)
  let left = parseLevel(reader, depth + 1)
  for (;;) {
    const { kind } = reader.peek()
    const operator = level[kind]
    if (operator === undefined) return left
    reader.take(kind, operator)
    // Where Velocity prints an operation again, it prints its right side only.
    const first = reader.ahead
    const right = parseLevel(reader, depth + 1)
    left = { type: 'binary', operator, left, right, first, last: reader.behind }
  }
}

function parseUnary(reader: TokenReader): Expression {
  const blank = reader.peek().kind === 'WHITESPACE'
  if (reader.peek(blank ? 2 : 1).kind === 'LOGICAL_NOT') {
    reader.accept('WHITESPACE')
    reader.take('LOGICAL_NOT', '!')
    const first = reader.ahead
    const operand = parseUnary(reader)
    return { type: 'not', operand, first, last: reader.behind }
  }
  return parsePrimary(reader)
}

function parsePrimary(reader: TokenReader): Expression {
  reader.accept('WHITESPACE')
  let value: Expression
  if (reader.accept('LPAREN')) {
    const first = reader.ahead
    const inner = parseExpression(reader)
    value = { type: 'group', inner, first, last: reader.behind }
    reader.take('RPAREN', '`)` or an operator')
  } else {
    value = parseValue(reader, 'a value: a reference, a string, a number, true, false, [ … ] or { … }')
  }
  reader.accept('WHITESPACE')
  return value
}
