import { type AttributeValue, type Item, typeOf } from '../values/attribute-value.ts'
import { setMembers } from '../values/compare.ts'
import {
  addNumbers,
  type Decimal,
  formatDecimal,
  maximumDigits,
  maximumExponent,
  minimumExponent,
  normalizeNumber,
} from '../values/decimal.ts'
import { withoutPath, withValueAt } from './document.ts'
import { valueAt } from './document-path.ts'
import { expressionError } from './expression-error.ts'
import type { Operand } from './operand.ts'
import type { Path } from './placeholders.ts'
import type { UpdateAction } from './update.ts'

const incorrectType = 'An operand in the update expression has an incorrect data type'
const missingAttribute = 'The provided expression refers to an attribute that does not exist in the item'
const invalidPath = 'The document path provided in the update expression is invalid for update'

/**
 * The item as an update leaves it. Every operand reads the item as it was before the update; the changes are applied
 * in the order SET, ADD, DELETE and, last and from the highest index down, REMOVE, so that none moves another's place.
 */
export function applyUpdate(actions: readonly UpdateAction[], before: Item): Item {
  let item = before
  for (const action of inOrder(actions)) item = apply(action, item, before)
  return item
}

const rank = { set: 0, add: 1, delete: 2, remove: 3 } as const

function inOrder(actions: readonly UpdateAction[]): readonly UpdateAction[] {
  return [...actions].sort(
    (a, b) =>
      rank[a.kind] - rank[b.kind] ||
      (a.kind === 'remove' ? compareIndexes(b.path, a.path) : comparePlaces(a.path, b.path)),
  )
}

/** Appends to one list happen in the order of their indexes (documented), other SETs as written. */
function comparePlaces(a: Path, b: Path): number {
  return a.length === b.length && a.slice(0, -1).every((step, index) => step === b[index])
    ? compareIndexes(a, b)
    : 0
}

function compareIndexes(a: Path, b: Path): number {
  for (let index = 0; index < a.length && index < b.length; index++) {
    const [x, y] = [a[index], b[index]]
    if (typeof x === 'number' && typeof y === 'number' && x !== y) return x - y
  }
  return 0
}

function apply(action: UpdateAction, item: Item, before: Item): Item {
  if (action.kind === 'remove') return removed(item, action.path)
  if (action.kind === 'set') return replaced(item, action.path, operandValue(action.operand, before))
  const current = valueAt(before, action.path)
  if (action.kind === 'add') return replaced(item, action.path, sumOf(current, action.value))
  if (current === undefined) {
    // There must at least be a document that could hold it.
    removed(item, action.path)
    return item
  }
  const left = difference(current, action.value)
  return left === undefined ? removed(item, action.path) : replaced(item, action.path, left)
}

function replaced(item: Item, path: Path, value: AttributeValue): Item {
  const changed = withValueAt(item, path, value)
  if (changed === undefined) throw expressionError(invalidPath)
  return changed
}

function removed(item: Item, path: Path): Item {
  const changed = withoutPath(item, path)
  if (changed === undefined) throw expressionError(invalidPath)
  return changed
}

function operandValue(operand: Operand, item: Item): AttributeValue {
  const value = possibleValue(operand, item)
  if (value === undefined) throw expressionError(missingAttribute)
  return value
}

function possibleValue(operand: Operand, item: Item): AttributeValue | undefined {
  if (operand.kind === 'value') return operand.value
  if (operand.kind === 'path') return valueAt(item, operand.path)
  const [first, second] = operand.operands
  if (first === undefined || second === undefined)
    throw new Error(`${operand.kind} without two operands got past the checks`)
  if (operand.kind === 'function' && operand.name === 'if_not_exists') {
    return possibleValue(first, item) ?? operandValue(second, item)
  }
  const [left, right] = [operandValue(first, item), operandValue(second, item)]
  if (operand.kind === 'function') {
    if (!('L' in left && 'L' in right)) throw expressionError(incorrectType)
    return { L: [...left.L, ...right.L] }
  }
  if (!('N' in left && 'N' in right)) throw expressionError(incorrectType)
  return { N: storable(addNumbers(left.N, right.N, operand.operator === '-')) }
}

/** ADD: numbers add up, sets unite; an attribute that does not exist counts as 0 or as the empty set. */
export function sumOf(current: AttributeValue | undefined, value: AttributeValue): AttributeValue {
  if (current === undefined) return value
  const type = typeOf(value)
  if (typeOf(current) !== type) throw expressionError(incorrectType)
  if ('N' in current && 'N' in value) return { N: storable(addNumbers(current.N, value.N)) }
  return setOf(type, [...new Set([...setMembers(current), ...setMembers(value)])])
}

/** DELETE: the members that are left, or undefined when none is: an empty set cannot exist. */
export function difference(current: AttributeValue, value: AttributeValue): AttributeValue | undefined {
  const type = typeOf(value)
  if (typeOf(current) !== type) throw expressionError(incorrectType)
  const gone = new Set(setMembers(value))
  const left = setMembers(current).filter(member => !gone.has(member))
  return left.length === 0 ? undefined : setOf(type, left)
}

function setOf(type: string, members: readonly string[]): AttributeValue {
  if (type === 'SS') return { SS: members }
  if (type === 'BS') return { BS: members }
  if (type === 'NS') return { NS: members.map(normalizeNumber) }
  throw expressionError(incorrectType)
}

function storable(sum: Decimal): string {
  if (sum.digits === '') return '0'
  if (sum.digits.length > maximumDigits) {
    throw expressionError(
      'Number overflow. Attempting to store a number with magnitude larger than supported range',
    )
  }
  if (sum.exponent > maximumExponent) {
    throw expressionError(
      'Number overflow. Attempting to store a number with magnitude larger than supported range',
    )
  }
  if (sum.exponent < minimumExponent) {
    throw expressionError(
      'Number underflow. Attempting to store a number with magnitude smaller than supported range',
    )
  }
  return formatDecimal(sum)
}
