import type { Condition } from '../expressions/index.ts'
import type { Operand } from '../expressions/operand.ts'
import type { AttributeValue } from '../values/attribute-value.ts'
import { opensValue, parseValue } from './literals.ts'
import type { StatementReader } from './reader.ts'
import { malformed } from './tokens.ts'

const comparators = { '=': '=', '<>': '<>', '!=': '<>', '<': '<', '<=': '<=', '>': '>', '>=': '>=' } as const

/** Functions of conditions with the number of their operands. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-functions.html */
const functions: Readonly<Record<string, number>> = { begins_with: 2, contains: 2, attribute_type: 2 }

const literal = (value: AttributeValue): Operand => ({ kind: 'value', name: '', value })

/** Parses what follows WHERE into the form that filters and conditions have. */
export function parseWhere(reader: StatementReader): Condition {
  let left = conjunction(reader)
  while (reader.acceptWord('OR')) left = { kind: 'or', operands: [left, conjunction(reader)] }
  return left
}

function conjunction(reader: StatementReader): Condition {
  let left = negation(reader)
  while (reader.acceptWord('AND')) left = { kind: 'and', operands: [left, negation(reader)] }
  return left
}

function negation(reader: StatementReader): Condition {
  if (reader.acceptWord('NOT')) return { kind: 'not', operand: reader.nested(() => negation(reader)) }
  if (!reader.accept('(')) return comparison(reader)
  const inner = reader.nested(() => parseWhere(reader))
  reader.expect(')')
  return inner
}

function comparison(reader: StatementReader): Condition {
  const name = reader.peek().text.toLowerCase()
  if (reader.peek().kind === 'word' && reader.isSymbol('(', 1) && Object.hasOwn(functions, name)) {
    const operands = call(reader)
    if (operands.length !== functions[name]) throw malformed(`wrong number of operands of ${name}`)
    return { kind: 'call', name, operands }
  }
  const first = operand(reader)
  const comparator = comparators[reader.peek().text as keyof typeof comparators]
  if (reader.peek().kind === 'symbol' && comparator !== undefined) {
    reader.take()
    return { kind: 'compare', comparator, operands: [first, operand(reader)] }
  }
  if (reader.acceptWord('BETWEEN')) {
    const low = operand(reader)
    reader.expectWord('AND')
    return { kind: 'between', operands: [first, low, operand(reader)] }
  }
  if (reader.acceptWord('IN')) return { kind: 'in', operands: [first, ...candidates(reader)] }
  if (reader.acceptWord('IS')) return existence(reader, first)
  throw reader.unexpected()
}

/** `IS [NOT] MISSING`, `IS [NOT] NULL`. */
function existence(reader: StatementReader, path: Operand): Condition {
  const isNegated = reader.acceptWord('NOT')
  if (reader.acceptWord('MISSING'))
    return { kind: 'call', name: isNegated ? 'attribute_exists' : 'attribute_not_exists', operands: [path] }
  reader.expectWord('NULL')
  const isNull: Condition = { kind: 'call', name: 'attribute_type', operands: [path, literal({ S: 'NULL' })] }
  return isNegated ? { kind: 'not', operand: isNull } : isNull
}

function candidates(reader: StatementReader): Operand[] {
  const end = reader.accept('[') ? ']' : ')'
  if (end === ')') reader.expect('(')
  const found: Operand[] = []
  do found.push(operand(reader))
  while (reader.accept(','))
  reader.expect(end)
  return found
}

function call(reader: StatementReader): Operand[] {
  reader.take()
  reader.expect('(')
  const operands = [operand(reader)]
  while (reader.accept(',')) operands.push(operand(reader))
  reader.expect(')')
  return operands
}

function operand(reader: StatementReader): Operand {
  if (opensValue(reader)) return literal(parseValue(reader))
  if (reader.isWord('SIZE') && reader.isSymbol('(', 1))
    return { kind: 'function', name: 'size', operands: reader.nested(() => call(reader)) }
  return { kind: 'path', path: reader.path() }
}
