import { Buffer } from 'node:buffer'
import { type AttributeValue, type Item, typeOf } from '../values/attribute-value.ts'
import { compareValues, setMembers, valuesEqual } from '../values/compare.ts'
import { normalizeNumber } from '../values/decimal.ts'
import type { Comparator } from './ast.ts'
import type { Condition } from './condition.ts'
import { valueAt } from './document-path.ts'
import type { Operand } from './operand.ts'

/** Whether an item meets a condition; an item that does not exist is given as `{}`. */
export function evaluateCondition(condition: Condition, item: Item): boolean {
  switch (condition.kind) {
    case 'and':
      return condition.operands.every(operand => evaluateCondition(operand, item))
    case 'or':
      return condition.operands.some(operand => evaluateCondition(operand, item))
    case 'not':
      return !evaluateCondition(condition.operand, item)
    case 'compare':
      return compare(
        condition.comparator,
        operandValue(condition.operands[0], item),
        operandValue(condition.operands[1], item),
      )
    case 'between': {
      const [value, low, high] = condition.operands.map(operand => operandValue(operand, item))
      return compare('>=', value, low) && compare('<=', value, high)
    }
    case 'in': {
      const [value, ...candidates] = condition.operands.map(operand => operandValue(operand, item))
      return candidates.some(candidate => compare('=', value, candidate))
    }
    case 'call':
      return call(condition.name, condition.operands, item)
  }
}

function operandValue(operand: Operand, item: Item): AttributeValue | undefined {
  if (operand.kind === 'value') return operand.value
  if (operand.kind === 'path') return valueAt(item, operand.path)
  if (operand.kind === 'function' && operand.name === 'size') {
    const [of] = operand.operands
    const size = of === undefined ? undefined : sizeOf(operandValue(of, item))
    return size === undefined ? undefined : { N: String(size) }
  }
  return undefined
}

/** A comparison with something that does not exist is false, but for `<>`, which then is true, even of two such. */
function compare(
  comparator: Comparator,
  a: AttributeValue | undefined,
  b: AttributeValue | undefined,
): boolean {
  if (a === undefined || b === undefined) return comparator === '<>'
  if (comparator === '=') return valuesEqual(a, b)
  if (comparator === '<>') return !valuesEqual(a, b)
  const order = compareValues(a, b)
  if (order === undefined) return false
  if (comparator === '<') return order < 0
  if (comparator === '<=') return order <= 0
  return comparator === '>' ? order > 0 : order >= 0
}

function call(name: string, operands: readonly Operand[], item: Item): boolean {
  const [first, second] = operands
  const value = first === undefined ? undefined : operandValue(first, item)
  if (name === 'attribute_exists') return value !== undefined
  if (name === 'attribute_not_exists') return value === undefined
  const argument = second === undefined ? undefined : operandValue(second, item)
  if (value === undefined || argument === undefined) return false
  if (name === 'attribute_type') return 'S' in argument && typeOf(value) === argument.S
  return name === 'begins_with' ? beginsWith(value, argument) : contains(value, argument)
}

/** `begins_with` on strings and binaries. */
export function beginsWith(value: AttributeValue, prefix: AttributeValue): boolean {
  if ('S' in value && 'S' in prefix) return value.S.startsWith(prefix.S)
  if (!('B' in value && 'B' in prefix)) return false
  const [bytes, start] = [Buffer.from(value.B, 'base64'), Buffer.from(prefix.B, 'base64')]
  return bytes.subarray(0, start.length).equals(start)
}

/** `contains`: a substring, a sub-range of bytes, a set's member or a list's element. */
export function contains(value: AttributeValue, part: AttributeValue): boolean {
  if ('S' in value) return 'S' in part && value.S.includes(part.S)
  if ('B' in value)
    return 'B' in part && Buffer.from(value.B, 'base64').includes(Buffer.from(part.B, 'base64'))
  if ('L' in value) return value.L.some(element => valuesEqual(element, part))
  if ('SS' in value) return 'S' in part && value.SS.includes(part.S)
  if ('BS' in value) return 'B' in part && value.BS.includes(part.B)
  return 'NS' in value && 'N' in part && setMembers(value).includes(normalizeNumber(part.N))
}

function sizeOf(value: AttributeValue | undefined): number | undefined {
  if (value === undefined) return undefined
  if ('S' in value) return value.S.length
  if ('B' in value) return Buffer.from(value.B, 'base64').length
  if ('L' in value) return value.L.length
  if ('M' in value) return Object.keys(value.M).length
  const type = typeOf(value)
  return type === 'SS' || type === 'NS' || type === 'BS' ? setMembers(value).length : undefined
}
