import { compareNumbers, intOf } from '../../java/arithmetic.ts'
import { JavaCollection } from '../../java/collection.ts'
import { equal, text } from '../../java/value.ts'
import { numberIn, type Operand, operandOf } from './filter-operand.ts'

type Comparison = (left: Operand, right: Operand) => boolean

/** Jayway's operators; where a side has the wrong type the item does not pass. */
const operators: Readonly<Record<string, Comparison>> = {
  '==': areEqual,
  '===': (left, right) => left.kind === right.kind && areEqual(left, right),
  '!=': (left, right) => !areEqual(left, right),
  '!==': (left, right) => left.kind !== right.kind || !areEqual(left, right),
  '<': (left, right) => ordered(left, right, order => order < 0),
  '<=': (left, right) => ordered(left, right, order => order <= 0),
  '>': (left, right) => ordered(left, right, order => order > 0),
  '>=': (left, right) => ordered(left, right, order => order >= 0),
  '=~': matches,
  IN: isIn,
  NIN: (left, right) => !isIn(left, right),
  CONTAINS: contains,
  // Jayway cannot read a list that a filter writes for `all`, so no item ever passes.
  ALL: () => wrongType(),
  SIZE: (left, right) => right.kind === 'number' && lengthOf(left) === intOf(right.value),
  EMPTY: (left, right) => right.kind === 'boolean' && isEmpty(left) === right.value,
  SUBSETOF: (left, right) => {
    const whole = items(right)
    return (
      whole !== undefined && items(left)?.every(item => whole.some(other => areEqual(other, item))) === true
    )
  },
  ANYOF: (left, right) => anyOf(left, right) === true,
  NONEOF: (left, right) => anyOf(left, right) === false,
}

export function isOperator(name: string): boolean {
  return Object.hasOwn(operators, name)
}

export function compareOperands(operator: string, left: Operand, right: Operand): boolean {
  return operators[operator]?.(left, right) === true
}

/** A side that an operator cannot take: the item does not pass, whatever else the filter says. */
export class WrongType extends Error {}

function wrongType(): never {
  throw new WrongType('a filter compares what cannot be compared')
}

/** The items of a list, undefined for an object; nothing else will do. */
function listOf(operand: Operand): readonly Operand[] | undefined {
  return operand.kind === 'json' ? items(operand) : wrongType()
}

function isIn(left: Operand, right: Operand): boolean {
  return listOf(right)?.some(item => areEqual(item, left)) === true
}

function areEqual(left: Operand, right: Operand): boolean {
  if (left.kind === 'string' && right.kind === 'number') return left.value === text(right.value)
  if (left.kind === 'number' && right.kind === 'string') {
    const number = numberIn(right.value)
    return number !== undefined && compareNumbers(left.value, number) === 0
  }
  if (left.kind === 'number' && right.kind === 'number') return compareNumbers(left.value, right.value) === 0
  if (left.kind === 'json' && right.kind === 'json') return equal(left.value, right.value)
  if (left.kind === 'null' || right.kind === 'null') return left.kind === right.kind
  return left.kind === right.kind && left.value === right.value
}

function ordered(left: Operand, right: Operand, holds: (order: number) => boolean): boolean {
  if (left.kind === 'number' && right.kind === 'number') return holds(compareNumbers(left.value, right.value))
  if (left.kind === 'string' && right.kind === 'string')
    return holds(left.value < right.value ? -1 : left.value > right.value ? 1 : 0)
  return false
}

function matches(left: Operand, right: Operand): boolean {
  const [pattern, other] = left.kind === 'pattern' ? [left, right] : [right, left]
  if (pattern.kind !== 'pattern' || other.kind === 'pattern') return false
  const list = items(other)
  const inputs = list === undefined ? [input(other)] : list.map(input)
  return inputs.some(pattern.value)
}

function input(operand: Operand): string {
  switch (operand.kind) {
    case 'string':
      return operand.value
    case 'number':
      return text(operand.value)
    case 'boolean':
      return String(operand.value)
    default:
      return ''
  }
}

function contains(left: Operand, right: Operand): boolean {
  if (left.kind === 'string' && right.kind === 'string') return left.value.includes(right.value)
  return items(left)?.some(item => areEqual(item, right)) === true
}

function anyOf(left: Operand, right: Operand): boolean | undefined {
  const theirs = listOf(right)
  const mine = theirs === undefined ? undefined : listOf(left)
  if (theirs === undefined || mine === undefined) return undefined
  return mine.some(item => theirs.some(other => areEqual(item, other)))
}

function lengthOf(operand: Operand): number | undefined {
  if (operand.kind === 'string') return operand.value.length
  if (operand.kind !== 'json') return undefined
  return operand.value instanceof JavaCollection ? operand.value.size() : -1
}

function isEmpty(operand: Operand): boolean | undefined {
  if (operand.kind === 'string') return operand.value === ''
  return operand.kind === 'json' ? operand.value.size() === 0 : undefined
}

/** The items of a list; undefined for anything else. */
function items(operand: Operand): readonly Operand[] | undefined {
  if (operand.kind !== 'json' || !(operand.value instanceof JavaCollection)) return undefined
  return operand.value.items().map(operandOf)
}
