import { readDecimal } from '../java/big-decimal.ts'
import { integerOf, JavaBigDecimal, JavaDouble } from '../java/number.ts'
import type { Value } from '../java/value.ts'

/** An integer of the size it needs, a fraction as Double, or as BigDecimal where it is longer than 18 characters. */
export function numberOf(source: string): Value {
  if (isWhole(source)) return source.length < 10 ? Number(source) + 0 : integerOf(BigInt(source))
  const double = new JavaDouble(Number(source))
  if (source.length <= 18 || double.print() === source) return double
  const { unscaled, scale } = readDecimal(source)
  return new JavaBigDecimal(unscaled, scale)
}

/** Whether a number is written without point and exponent. */
export function isWhole(source: string): boolean {
  for (let at = 0; at < source.length; at++) {
    const unit = source.charCodeAt(at)
    if (unit === 0x2e || unit === 0x65 || unit === 0x45) return false
  }
  return true
}

/** The integer of up to nine digits from `start` to `end`; undefined where something else stands there. */
export function smallInteger(source: string, start: number, end: number): number | undefined {
  const negative = source.charCodeAt(start) === 0x2d
  let value = 0
  for (let at = negative ? start + 1 : start; at < end; at++) {
    const digit = source.charCodeAt(at) - 0x30
    if (digit < 0 || digit > 9) return undefined
    value = value * 10 + digit
  }
  return negative && value !== 0 ? -value : value
}
