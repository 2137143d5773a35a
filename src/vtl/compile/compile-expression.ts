import { calculate, compareNumbers, intOf, isZero } from '../java/arithmetic.ts'
import { classNameOf } from '../java/class-object.ts'
import { JavaList } from '../java/collection.ts'
import { isKindOf } from '../java/java-class.ts'
import { JavaMap } from '../java/map.ts'
import { integerOf, isNumber, JavaDouble } from '../java/number.ts'
import { checkedLength } from '../java/text-limit.ts'
import { equal, JavaException, print, text, type Value } from '../java/value.ts'
import { classOf } from '../methods/class-of.ts'
import type { BinaryOperator, Expression } from '../syntax/node.ts'
import { syntaxFault } from '../syntax/syntax-fault.ts'
import { BlockReference } from './block-reference.ts'
import { type Compilation, type CompiledExpression, literal, offsetOf } from './compilation.ts'
import { compileReference } from './compile-reference.ts'
import { compileString } from './compile-string.ts'
import type { RenderState } from './render-state.ts'
import { RuntimeFault } from './runtime-fault.ts'

const never = (): boolean => false

export function compileExpression(compilation: Compilation, node: Expression): CompiledExpression {
  switch (node.type) {
    case 'reference': {
      const { value } = compileReference(compilation, node)
      return { value, test: state => isTrue(value(state)) }
    }
    case 'string':
      // A literal as a condition is false in Velocity 1.7, whatever it is; so are numbers, lists and maps.
      return { value: compileString(compilation, node), test: never }
    case 'integer': {
      // The lexer lets `[#1..2]` through; Java then finds that `#1` is no number.
      if (!/^-?[0-9]+$/.test(node.text))
        throw syntaxFault(`\`${node.text}\``, 'a number', offsetOf(compilation, node))
      const value = integerOf(BigInt(node.text))
      return { value: () => value, test: never }
    }
    case 'float': {
      const value = new JavaDouble(Number(node.text))
      return { value: () => value, test: never }
    }
    case 'boolean': {
      const { value } = node
      return { value: () => value, test: () => value }
    }
    case 'range':
      return { value: compileRange(compilation, node), test: never }
    case 'list': {
      const items = node.items.map(item => compileExpression(compilation, item).value)
      return { value: state => new JavaList(items.map(item => item(state))), test: never }
    }
    case 'map': {
      const entries = node.entries.map(
        ([key, value]) =>
          [compileExpression(compilation, key).value, compileExpression(compilation, value).value] as const,
      )
      return {
        value: state => {
          const map = new JavaMap()
          for (const [key, value] of entries) map.put(key(state), value(state))
          return map
        },
        test: never,
      }
    }
    case 'group':
      return compileExpression(compilation, node.inner)
    case 'not': {
      const { test } = compileExpression(compilation, node.operand)
      return condition(state => !test(state))
    }
    case 'binary':
      return compileBinary(compilation, node.operator, node)
  }
}

/** Any value that is not null and not false is true; a `#define`d block is rendered to find out. */
function isTrue(value: Value): boolean {
  if (value === null) return false
  if (typeof value === 'boolean') return value
  return !(value instanceof BlockReference) || print(value) !== null
}

function condition(test: (state: RenderState) => boolean): CompiledExpression {
  return { value: test, test }
}

function compileBinary(
  compilation: Compilation,
  operator: BinaryOperator,
  node: Expression & { type: 'binary' },
): CompiledExpression {
  const left = compileExpression(compilation, node.left)
  const right = compileExpression(compilation, node.right)
  switch (operator) {
    case '||':
      return condition(state => left.test(state) || right.test(state))
    case '&&':
      return condition(state => left.test(state) && right.test(state))
    case '==':
      return condition(state => areEqual(left.value(state), right.value(state)))
    case '!=':
      return condition(state => !areEqual(left.value(state), right.value(state)))
    case '<':
      return condition(state => compared(left.value(state), right.value(state), order => order === -1))
    case '>':
      return condition(state => compared(left.value(state), right.value(state), order => order === 1))
    case '<=':
      return condition(state => compared(left.value(state), right.value(state), order => order <= 0))
    case '>=':
      return condition(state => compared(left.value(state), right.value(state), order => order >= 0))
    default: {
      const offset = offsetOf(compilation, node)
      const written = [literal(compilation, node.left), literal(compilation, node.right)] as const
      return {
        value: state => {
          const a = left.value(state)
          const b = right.value(state)
          if (operator === '+' && (typeof a === 'string' || typeof b === 'string'))
            return checkedLength((a === null ? written[0] : text(a)) + (b === null ? written[1] : text(b)))
          if (!isNumber(a) || !isNumber(b)) return null
          if ((operator === '/' || operator === '%') && isZero(b)) return null
          return atOffset(offset, () => calculate(operator, a, b))
        },
        test: never,
      }
    }
  }
}

/** Numbers by value; values of related classes by `equals`; all else by what it prints. */
function areEqual(left: Value, right: Value): boolean {
  if (typeof left === 'string' && typeof right === 'string') return left === right
  if (isNumber(left) && isNumber(right)) return compareNumbers(left, right) === 0
  if (left !== null && right !== null) {
    if (
      classNameOf(left) === classNameOf(right) ||
      isKindOf(classOf(left), classNameOf(right)) ||
      isKindOf(classOf(right), classNameOf(left))
    )
      return equal(left, right)
  }
  return identity(left) === identity(right)
}

function identity(value: Value): string | null {
  return typeof value === 'object' ? (value?.identity() ?? null) : String(value)
}

function compared(left: Value, right: Value, holds: (order: number) => boolean): boolean {
  return isNumber(left) && isNumber(right) && holds(compareNumbers(left, right))
}

/** A range longer than this is a mistake, not a loop. */
const longestRange = 1_000_000

function compileRange(
  compilation: Compilation,
  node: Expression & { type: 'range' },
): (state: RenderState) => Value {
  const from = compileExpression(compilation, node.from).value
  const to = compileExpression(compilation, node.to).value
  const offset = offsetOf(compilation, node)
  return state => {
    const first = from(state)
    const last = to(state)
    if (!isNumber(first) || !isNumber(last)) return null
    const start = intOf(first)
    const end = intOf(last)
    const length = Math.abs(start - end) + 1
    if (length > longestRange)
      throw new RuntimeFault(`The range has ${length} items`, 'template-range', offset)
    const step = start >= end ? -1 : 1
    const list = new JavaList(Array.from({ length }, (_, index) => start + index * step))
    state.weigh(list)
    return list
  }
}

function atOffset<Result>(offset: number, run: () => Result): Result {
  try {
    return run()
  } catch (error) {
    if (error instanceof JavaException)
      throw new RuntimeFault(error.message, 'template-render', offset, error)
    throw error
  }
}
