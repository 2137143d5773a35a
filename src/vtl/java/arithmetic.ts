import { decimalOfDouble } from './big-decimal.ts'
import {
  JavaBigDecimal,
  JavaBigInteger,
  JavaDouble,
  JavaFloat,
  JavaLong,
  type JavaNumber,
  JavaSmall,
} from './number.ts'
import { JavaException } from './value.ts'

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%'

type Base = 'long' | 'float' | 'double' | 'bigInteger' | 'bigDecimal'

/** Velocity's arithmetic: the wider type wins, an int that overflows becomes a long, a long a BigInteger. */
export function calculate(operator: ArithmeticOperator, left: JavaNumber, right: JavaNumber): JavaNumber {
  if (typeof left === 'number' && typeof right === 'number') {
    const result = onIntegers(operator, left, right)
    return result >= -2147483648 && result <= 2147483647 ? result + 0 : longOf(operator, left, right)
  }
  switch (baseOf(left, right)) {
    case 'long':
      return onLongs(operator, left, right)
    case 'double':
      return new JavaDouble(onDoubles(operator, doubleOf(left), doubleOf(right)))
    case 'float':
      return new JavaFloat(onDoubles(operator, doubleOf(left), doubleOf(right)))
    case 'bigInteger':
      return new JavaBigInteger(onBigIntegers(operator, integerValue(left), integerValue(right)))
    case 'bigDecimal':
      return onDecimals(operator, decimalOf(left), decimalOf(right))
  }
}

/** -1, 0 or 1 (0 too where one is no number at all, as Java's comparisons of NaN fall through). */
export function compareNumbers(left: JavaNumber, right: JavaNumber): number {
  if (typeof left === 'number' && typeof right === 'number') return order(left, right)
  switch (baseOf(left, right)) {
    case 'long':
    case 'bigInteger':
      return order(integerValue(left), integerValue(right))
    case 'double':
    case 'float':
      return order(doubleOf(left), doubleOf(right))
    case 'bigDecimal': {
      const [a, b] = aligned(decimalOf(left), decimalOf(right))
      return order(a, b)
    }
  }
}

export function isZero(value: JavaNumber): boolean {
  if (typeof value === 'number') return value === 0
  if (value instanceof JavaBigDecimal) return value.unscaled === 0n
  return doubleOf(value) === 0
}

/** `doubleValue()`. */
export function doubleOf(value: JavaNumber): number {
  if (typeof value === 'number') return value
  if (value instanceof JavaBigDecimal) return Number(value.print())
  return Number(value.value)
}

/** `longValue()` before it is cut to 64 bits; fractions are cut off. */
export function integerValue(value: JavaNumber): bigint {
  if (typeof value === 'number') return BigInt(value)
  if (value instanceof JavaBigDecimal) {
    const power = 10n ** BigInt(Math.abs(value.scale))
    return value.scale >= 0 ? value.unscaled / power : value.unscaled * power
  }
  if (value instanceof JavaDouble || value instanceof JavaFloat) return saturated(value.value)
  return BigInt(value.value)
}

function saturated(value: number): bigint {
  if (Number.isNaN(value)) return 0n
  if (value >= 2 ** 63) return 2n ** 63n - 1n
  if (value <= -(2 ** 63)) return -(2n ** 63n)
  return BigInt(Math.trunc(value))
}

/** `intValue()`. */
export function intOf(value: JavaNumber): number {
  if (typeof value === 'number') return value
  if (value instanceof JavaDouble || value instanceof JavaFloat) {
    if (Number.isNaN(value.value)) return 0
    return Math.max(-2147483648, Math.min(2147483647, Math.trunc(value.value))) + 0
  }
  return Number(BigInt.asIntN(32, integerValue(value)))
}

function order<T extends number | bigint>(left: T, right: T): number {
  return left < right ? -1 : left > right ? 1 : 0
}

function baseOf(left: JavaNumber, right: JavaNumber): Base {
  const wholes = isWhole(left) && isWhole(right)
  const big = left instanceof JavaBigInteger || right instanceof JavaBigInteger
  if (left instanceof JavaBigDecimal || right instanceof JavaBigDecimal || (!wholes && big))
    return 'bigDecimal'
  if (wholes) return big ? 'bigInteger' : 'long'
  return left instanceof JavaDouble || right instanceof JavaDouble ? 'double' : 'float'
}

function isWhole(value: JavaNumber): boolean {
  return !(value instanceof JavaDouble || value instanceof JavaFloat || value instanceof JavaBigDecimal)
}

function onIntegers(operator: ArithmeticOperator, left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right
    case '-':
      return left - right
    case '*':
      return left * right
    case '/':
      return Math.trunc(left / right)
    case '%':
      return left % right
  }
}

function longOf(operator: ArithmeticOperator, left: number, right: number): JavaNumber {
  return new JavaLong(onBigIntegers(operator, BigInt(left), BigInt(right)))
}

function onLongs(operator: ArithmeticOperator, left: JavaNumber, right: JavaNumber): JavaNumber {
  const a = integerValue(left)
  const b = integerValue(right)
  const exact = operator === '%' ? a % b : onBigIntegers(operator, a, b)
  const result = BigInt.asIntN(64, exact)
  if (operator !== '/' && operator !== '%' && overflows(operator, a, b, result, exact))
    return new JavaBigInteger(exact)
  return wrapped(result, left, right)
}

/** Java finds a multiplication's overflow by dividing back, which misses the one of Long.MIN_VALUE by -1. */
function overflows(
  operator: ArithmeticOperator,
  a: bigint,
  b: bigint,
  result: bigint,
  exact: bigint,
): boolean {
  if (operator !== '*') return result !== exact
  return b !== 0n && BigInt.asIntN(64, result / b) !== a
}

const sizes = ['java.lang.Byte', 'java.lang.Short', 'java.lang.Integer', 'java.lang.Long']
const limits = [127n, 32767n, 2147483647n]

/** The wider of the operands' types, or the next one that holds the result. */
function wrapped(value: bigint, left: JavaNumber, right: JavaNumber): JavaNumber {
  let size = Math.max(sizeOf(left), sizeOf(right))
  for (; size < 3; size++) {
    const limit = limits[size] ?? 0n
    if (value <= limit && value >= -limit - 1n) break
  }
  if (size === 0) return new JavaSmall('java.lang.Byte', Number(value))
  if (size === 1) return new JavaSmall('java.lang.Short', Number(value))
  return size === 2 ? Number(value) : new JavaLong(value)
}

function sizeOf(value: JavaNumber): number {
  return typeof value === 'number' ? 2 : sizes.indexOf(value.className)
}

function onDoubles(operator: ArithmeticOperator, left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right
    case '-':
      return left - right
    case '*':
      return left * right
    case '/':
      return left / right
    case '%':
      return left % right
  }
}

function onBigIntegers(operator: ArithmeticOperator, left: bigint, right: bigint): bigint {
  switch (operator) {
    case '+':
      return left + right
    case '-':
      return left - right
    case '*':
      return left * right
    case '/':
      return left / right
    case '%': {
      if (right < 0n)
        throw new JavaException('java.lang.ArithmeticException', 'BigInteger: modulus not positive')
      const rest = left % right
      return rest < 0n ? rest + right : rest
    }
  }
}

interface Decimal {
  readonly unscaled: bigint
  readonly scale: number
}

function decimalOf(value: JavaNumber): Decimal {
  if (value instanceof JavaBigDecimal) return value
  if (value instanceof JavaBigInteger) return { unscaled: value.value, scale: 0 }
  const double = doubleOf(value)
  if (!Number.isFinite(double)) throw new JavaException('java.lang.NumberFormatException', 'Infinite or NaN')
  return decimalOfDouble(double)
}

function aligned(left: Decimal, right: Decimal): [bigint, bigint, number] {
  const scale = Math.max(left.scale, right.scale)
  return [
    left.unscaled * 10n ** BigInt(scale - left.scale),
    right.unscaled * 10n ** BigInt(scale - right.scale),
    scale,
  ]
}

function onDecimals(operator: ArithmeticOperator, left: Decimal, right: Decimal): JavaNumber {
  const [a, b, scale] = aligned(left, right)
  switch (operator) {
    case '+':
      return new JavaBigDecimal(a + b, scale)
    case '-':
      return new JavaBigDecimal(a - b, scale)
    case '*':
      return new JavaBigDecimal(left.unscaled * right.unscaled, left.scale + right.scale)
    case '/':
      return new JavaBigDecimal(
        halfDown(a * 10n ** BigInt(Math.max(0, left.scale)), b, left.scale),
        left.scale,
      )
    case '%':
      throw new JavaException('java.lang.ArithmeticException', 'Cannot calculate the modulo of BigDecimals.')
  }
}

/** Divides and rounds to the nearest, halves towards zero; a negative scale divides further. */
function halfDown(dividend: bigint, divisor: bigint, scale: number): bigint {
  const by = scale < 0 ? divisor * 10n ** BigInt(-scale) : divisor
  const quotient = dividend / by
  const rest = dividend % by
  const twice = (rest < 0n ? -rest : rest) * 2n
  const size = by < 0n ? -by : by
  if (twice <= size) return quotient
  return quotient + (dividend < 0n === by < 0n ? 1n : -1n)
}
