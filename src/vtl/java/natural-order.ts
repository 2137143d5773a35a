import { compareNumbers } from './arithmetic.ts'
import { classNameOf } from './class-object.ts'
import { isNumber, JavaCharacter } from './number.ts'
import { JavaException, type Value } from './value.ts'

/** `compareTo` of two values of one class, which is how Java sorts without a comparator. */
export function compareNaturally(left: Value, right: Value): number {
  if (left === null || right === null) throw new JavaException('java.lang.NullPointerException', '')
  if (classNameOf(left) === classNameOf(right)) {
    if (isNumber(left) && isNumber(right)) return compareNumbers(left, right)
    const [a, b] = [ordered(left), ordered(right)]
    if (a !== undefined && b !== undefined) return a < b ? -1 : a > b ? 1 : 0
  }
  throw new JavaException(
    'java.lang.ClassCastException',
    `${classNameOf(left)} cannot be compared with ${classNameOf(right)}`,
  )
}

function ordered(value: Value): string | boolean | undefined {
  if (typeof value === 'string' || typeof value === 'boolean') return value
  return value instanceof JavaCharacter ? value.value : undefined
}
