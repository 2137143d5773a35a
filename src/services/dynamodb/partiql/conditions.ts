import { validationException } from '../errors.ts'
import type { Condition } from '../expressions/index.ts'
import { literalType, type Operand } from '../expressions/operand.ts'
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
  while (reader.acceptKeyword('OR')) left = { kind: 'or', operands: [left, conjunction(reader)] }
  return left
}

function conjunction(reader: StatementReader): Condition {
  let left = negation(reader)
  while (reader.acceptKeyword('AND')) left = { kind: 'and', operands: [left, negation(reader)] }
  return left
}

function negation(reader: StatementReader): Condition {
  if (reader.acceptKeyword('NOT')) return { kind: 'not', operand: reader.nested(() => negation(reader)) }
  if (!reader.acceptSymbol('(')) return comparison(reader)
  const inner = reader.nested(() => parseWhere(reader))
  reader.expectSymbol(')')
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
    const second = operand(reader)
    if (comparator !== '=' && comparator !== '<>') checkOrdered(comparator, [first, second])
    return { kind: 'compare', comparator, operands: [first, second] }
  }
  if (reader.acceptKeyword('BETWEEN')) {
    const low = operand(reader)
    reader.expectKeyword('AND')
    const high = operand(reader)
    checkOrdered('BETWEEN', [first, low, high])
    return { kind: 'between', operands: [first, low, high] }
  }
  if (reader.acceptKeyword('IN')) return { kind: 'in', operands: [first, ...candidates(reader)] }
  if (reader.acceptKeyword('IS')) return existence(reader, first)
  throw reader.unexpected()
}

/** Values without an order are refused before the table is looked for (recorded by nubo-db/dynamodb-conformance). */
function checkOrdered(operator: string, operands: readonly Operand[]): void {
  const type = operands.map(literalType).find(one => one !== undefined && !/^[SNB]$/.test(one))
  if (type === undefined) return
  throw validationException(
    `Incorrect operand type for operator or function; operator or function: ${operator}, operand type: ${type}`,
  )
}

/** `IS [NOT] MISSING`, `IS [NOT] NULL`. */
function existence(reader: StatementReader, path: Operand): Condition {
  const isNegated = reader.acceptKeyword('NOT')
  if (reader.acceptKeyword('MISSING'))
    return { kind: 'call', name: isNegated ? 'attribute_exists' : 'attribute_not_exists', operands: [path] }
  reader.expectKeyword('NULL')
  const isNull: Condition = { kind: 'call', name: 'attribute_type', operands: [path, literal({ S: 'NULL' })] }
  return isNegated ? { kind: 'not', operand: isNull } : isNull
}

function candidates(reader: StatementReader): Operand[] {
  const end = reader.acceptSymbol('[') ? ']' : ')'
  if (end === ')') reader.expectSymbol('(')
  const found: Operand[] = []
  do found.push(operand(reader))
  while (reader.acceptSymbol(','))
  reader.expectSymbol(end)
  return found
}

function call(reader: StatementReader): Operand[] {
  reader.take()
  reader.expectSymbol('(')
  const operands = [operand(reader)]
  while (reader.acceptSymbol(',')) operands.push(operand(reader))
  reader.expectSymbol(')')
  return operands
}

function operand(reader: StatementReader): Operand {
  if (opensValue(reader)) return literal(parseValue(reader))
  if (reader.isKeyword('SIZE') && reader.isSymbol('(', 1))
    return { kind: 'function', name: 'size', operands: reader.nested(() => call(reader)) }
  return { kind: 'path', path: reader.path() }
}
