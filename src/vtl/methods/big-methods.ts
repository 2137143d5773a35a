import { calculate, compareNumbers, integerValue } from '../java/arithmetic.ts'
import { readDecimal } from '../java/big-decimal.ts'
import { defineClass, methodsOf } from '../java/java-class.ts'
import { JavaBigDecimal, JavaBigInteger } from '../java/number.ts'
import { inRadix } from '../java/parse-number.ts'
import { printDouble } from '../java/print-double.ts'
import { JavaException, type Value } from '../java/value.ts'
import { numberClass } from './number-methods.ts'
import { cannotCast } from './string-methods.ts'

/** `java.math.BigInteger`: what arithmetic beyond 64 bits gives. */
export const bigIntegerClass = defineClass(
  'java.math.BigInteger',
  [numberClass],
  methodsOf<JavaBigInteger>()({
    'add(BigInteger)': (self, other) => new JavaBigInteger(self.value + (other as JavaBigInteger).value),
    'subtract(BigInteger)': (self, other) => new JavaBigInteger(self.value - (other as JavaBigInteger).value),
    'multiply(BigInteger)': (self, other) => new JavaBigInteger(self.value * (other as JavaBigInteger).value),
    'negate()': self => new JavaBigInteger(-self.value),
    'abs()': self => new JavaBigInteger(self.value < 0n ? -self.value : self.value),
    'signum()': self => (self.value < 0n ? -1 : self.value > 0n ? 1 : 0),
    'compareTo(BigInteger)': (self, other) => compareNumbers(self, other as JavaBigInteger),
    'compareTo(Object)': (_self, other) => cannotCast(other, 'java.math.BigInteger'),
    'divide(BigInteger)': (self, other) => new JavaBigInteger(self.value / divisor(other)),
    'remainder(BigInteger)': (self, other) => new JavaBigInteger(self.value % divisor(other)),
    'mod(BigInteger)': (self, other) => calculate('%', self, new JavaBigInteger(divisor(other))),
    'pow(int)': (self, power) => new JavaBigInteger(self.value ** exponent(power)),
    'max(BigInteger)': (self, other) => (compareNumbers(self, other as JavaBigInteger) < 0 ? other : self),
    'min(BigInteger)': (self, other) => (compareNumbers(self, other as JavaBigInteger) > 0 ? other : self),
    'static valueOf(long)': (_self, value) => new JavaBigInteger(value),
    'shiftLeft(int)': (self, by) =>
      new JavaBigInteger(by < 0 ? self.value >> BigInt(-by) : self.value << exponent(by)),
    'shiftRight(int)': (self, by) =>
      new JavaBigInteger(by < 0 ? self.value << exponent(-by) : self.value >> BigInt(by)),
    'testBit(int)': (self, bit) => ((self.value >> exponent(bit)) & 1n) === 1n,
    'toString(int)': (self, radix) => inRadix(self.value, radix),
    'bitLength()': self =>
      (self.value < 0n ? -self.value - 1n : self.value).toString(2).replace(/^0$/, '').length,
  }),
)

/** `java.math.BigDecimal`: long fractions of a JSON body, and arithmetic with them. */
export const bigDecimalClass = defineClass(
  'java.math.BigDecimal',
  [numberClass],
  methodsOf<JavaBigDecimal>()({
    'negate()': self => new JavaBigDecimal(-self.unscaled, self.scale),
    'abs()': self => new JavaBigDecimal(self.unscaled < 0n ? -self.unscaled : self.unscaled, self.scale),
    'scale()': self => self.scale,
    'precision()': self => self.unscaled.toString().replace('-', '').length,
    'signum()': self => (self.unscaled < 0n ? -1 : self.unscaled > 0n ? 1 : 0),
    'compareTo(Object)': (_self, other) => cannotCast(other, 'java.math.BigDecimal'),
    'add(BigDecimal)': (self, other) => calculate('+', self, other as JavaBigDecimal),
    'subtract(BigDecimal)': (self, other) => calculate('-', self, other as JavaBigDecimal),
    'multiply(BigDecimal)': (self, other) => calculate('*', self, other as JavaBigDecimal),
    'plus()': self => self,
    'pow(int)': (self, power) => new JavaBigDecimal(self.unscaled ** exponent(power), self.scale * power),
    'movePointLeft(int)': (self, by) => moved(self, self.scale + by),
    'movePointRight(int)': (self, by) => moved(self, self.scale - by),
    'scaleByPowerOfTen(int)': (self, by) => new JavaBigDecimal(self.unscaled, self.scale - by),
    'setScale(int)': (self, scale) => rescaled(self, scale),
    'static valueOf(long)': (_self, value) => new JavaBigDecimal(value, 0),
    'static valueOf(double)': (_self, value) => {
      const { unscaled, scale } = readDecimal(printDouble(value))
      return new JavaBigDecimal(unscaled, scale)
    },
    'compareTo(BigDecimal)': (self, other) => compareNumbers(self, other as JavaBigDecimal),
    'unscaledValue()': self => new JavaBigInteger(self.unscaled),
    'toBigInteger()': self => new JavaBigInteger(integerValue(self)),
    'toPlainString()': self => plain(self),
    'toEngineeringString()': self => self.print(),
  }),
)

function divisor(value: Value): bigint {
  const divisor = (value as JavaBigInteger).value
  if (divisor === 0n) throw new JavaException('java.lang.ArithmeticException', 'BigInteger divide by zero')
  return divisor
}

function exponent(power: number): bigint {
  if (power < 0 || power > 100_000)
    throw new JavaException('java.lang.ArithmeticException', 'Exponent out of range')
  return BigInt(power)
}

/** A negative scale is written out. */
function moved(self: JavaBigDecimal, scale: number): JavaBigDecimal {
  if (scale >= 0) return new JavaBigDecimal(self.unscaled, scale)
  return new JavaBigDecimal(self.unscaled * 10n ** exponent(-scale), 0)
}

function rescaled(self: JavaBigDecimal, scale: number): JavaBigDecimal {
  if (scale >= self.scale)
    return new JavaBigDecimal(self.unscaled * 10n ** exponent(scale - self.scale), scale)
  const power = 10n ** exponent(self.scale - scale)
  if (self.unscaled % power !== 0n)
    throw new JavaException('java.lang.ArithmeticException', 'Rounding necessary')
  return new JavaBigDecimal(self.unscaled / power, scale)
}

function plain({ unscaled, scale }: JavaBigDecimal): string {
  if (scale <= 0) return (unscaled * 10n ** BigInt(-scale)).toString()
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, '0')
  return `${unscaled < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}
