import { compareNumbers, integerValue } from '../java/arithmetic.ts'
import { defineClass, methodsOf } from '../java/java-class.ts'
import { JavaBigDecimal, JavaBigInteger } from '../java/number.ts'
import { numberClass } from './number-methods.ts'

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
    'toString(int)': (self, radix) => self.value.toString(radix),
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
    'compareTo(BigDecimal)': (self, other) => compareNumbers(self, other as JavaBigDecimal),
    'unscaledValue()': self => new JavaBigInteger(self.unscaled),
    'toBigInteger()': self => new JavaBigInteger(integerValue(self)),
    'toPlainString()': self => plain(self),
    'toEngineeringString()': self => self.print(),
  }),
)

function plain({ unscaled, scale }: JavaBigDecimal): string {
  if (scale <= 0) return (unscaled * 10n ** BigInt(-scale)).toString()
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, '0')
  return `${unscaled < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}
