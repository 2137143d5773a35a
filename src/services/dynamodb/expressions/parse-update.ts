import type { OperandNode, SetClause, UpdateSection, ValueClause } from './ast.ts'
import { TokenReader } from './token-reader.ts'

const sections = ['SET', 'REMOVE', 'ADD', 'DELETE'] as const
const keywords: ReadonlySet<string> = new Set(sections)

/**
 * Parses an update expression.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html
 */
export function parseUpdate(text: string): readonly UpdateSection[] {
  const reader = new TokenReader(text, keywords)
  const found = [section(reader)]
  while (reader.peek().kind !== 'end') found.push(section(reader))
  return found
}

function section(reader: TokenReader): UpdateSection {
  const kind = sections.find(word => reader.acceptKeyword(word))
  if (kind === undefined) throw reader.unexpected()
  if (kind === 'SET') return { kind, clauses: list(reader, () => setClause(reader)) }
  if (kind === 'REMOVE') return { kind, paths: list(reader, () => reader.path()) }
  return { kind, clauses: list(reader, () => valueClause(reader)) }
}

function list<Element>(reader: TokenReader, parse: () => Element): Element[] {
  const elements = [parse()]
  while (reader.acceptSymbol(',')) elements.push(parse())
  return elements
}

function setClause(reader: TokenReader): SetClause {
  const path = reader.path()
  reader.expectSymbol('=')
  return { path, operand: sum(reader) }
}

function valueClause(reader: TokenReader): ValueClause {
  const path = reader.path()
  if (reader.peek().kind !== 'value') throw reader.unexpected()
  return { path, value: reader.take().text }
}

/** One operand, or two with `+` or `-` between them; DynamoDB takes no longer chain. */
function sum(reader: TokenReader): OperandNode {
  const first = operand(reader, true)
  const operator = reader.isSymbol('+') ? '+' : reader.isSymbol('-') ? '-' : undefined
  if (operator === undefined || first.kind === 'arithmetic') return first
  reader.take()
  return { kind: 'arithmetic', operator, operands: [first, operand(reader)] }
}

/** `(a + b)` is an operand only where the whole value of a SET may stand. */
function operand(reader: TokenReader, sumInParentheses = false): OperandNode {
  const token = reader.peek()
  if (token.kind === 'value') {
    reader.take()
    return { kind: 'value', name: token.text }
  }
  if (reader.acceptSymbol('(')) {
    const inner = reader.nested(() => (sumInParentheses ? sum(reader) : operand(reader)))
    reader.expectSymbol(')')
    return inner
  }
  if (token.kind === 'word' && reader.isSymbol('(', 1) && !keywords.has(token.text.toUpperCase())) {
    reader.take()
    reader.take()
    const operands = reader.nested(() => list(reader, () => operand(reader)))
    reader.expectSymbol(')')
    return { kind: 'function', name: token.text, operands }
  }
  return { kind: 'path', steps: reader.path() }
}
