import { compareNumbers, doubleOf, integerValue, intOf } from '../java/arithmetic.ts'
import { defineClass, methodsOf } from '../java/java-class.ts'
import {
  JavaBigDecimal,
  JavaBigInteger,
  JavaCharacter,
  JavaDouble,
  JavaFloat,
  JavaLong,
  type JavaNumber,
  JavaSmall,
} from '../java/number.ts'
import { JavaException, text } from '../java/value.ts'
import { whitespace } from '../java/whitespace.ts'
import { objectClass } from './object-methods.ts'
import { cannotCast } from './string-methods.ts'

const blank = new RegExp(whitespace)

/** `java.lang.Number`: conversions as Java casts. */
export const numberClass = defineClass(
  'java.lang.Number',
  [objectClass],
  methodsOf<JavaNumber>()({
    'intValue()': self => intOf(self),
    'longValue()': self => new JavaLong(BigInt.asIntN(64, integerValue(self))),
    'doubleValue()': self => new JavaDouble(doubleOf(self)),
    'floatValue()': self => new JavaFloat(doubleOf(self)),
    'shortValue()': self => new JavaSmall('java.lang.Short', (intOf(self) << 16) >> 16),
    'byteValue()': self => new JavaSmall('java.lang.Byte', (intOf(self) << 24) >> 24),
  }),
)

/** `java.lang.Integer`. */
export const integerClass = defineClass(
  'java.lang.Integer',
  [numberClass],
  methodsOf<number>()({
    'compareTo(Integer)': (self, other) => Math.sign(self - other),
    'compareTo(Object)': (_self, other) => cannotCast(other, 'java.lang.Integer'),
    'static compare(int,int)': (_self, a, b) => Math.sign(a - b),
    'static parseInt(String)': (_self, digits) => parseInteger(digits, 10),
    'static parseInt(String,int)': (_self, digits, radix) => parseInteger(digits, radix),
    'static valueOf(String)': (_self, digits) => parseInteger(digits, 10),
    'static valueOf(String,int)': (_self, digits, radix) => parseInteger(digits, radix),
    'static valueOf(int)': (_self, value) => value,
    'static decode(String)': (_self, digits) => decode(digits),
    'static toString(int)': (_self, value) => String(value),
    'static toString(int,int)': (_self, value, radix) => value.toString(radix),
    'static toHexString(int)': (_self, value) => (value >>> 0).toString(16),
    'static toOctalString(int)': (_self, value) => (value >>> 0).toString(8),
    'static toBinaryString(int)': (_self, value) => (value >>> 0).toString(2),
    'static hashCode(int)': (_self, value) => value,
    'static min(int,int)': (_self, a, b) => Math.min(a, b),
    'static max(int,int)': (_self, a, b) => Math.max(a, b),
    'static sum(int,int)': (_self, a, b) => (a + b) | 0,
    'static signum(int)': (_self, value) => Math.sign(value),
    'static bitCount(int)': (_self, value) => (value >>> 0).toString(2).replaceAll('0', '').length,
    'static reverse(int)': (_self, value) =>
      Number.parseInt([...(value >>> 0).toString(2).padStart(32, '0')].reverse().join(''), 2) | 0,
    'static numberOfLeadingZeros(int)': (_self, value) => Math.clz32(value),
    'static numberOfTrailingZeros(int)': (_self, value) =>
      value === 0 ? 32 : 31 - Math.clz32(value & -value),
    'static highestOneBit(int)': (_self, value) => (value === 0 ? 0 : (1 << (31 - Math.clz32(value))) | 0),
    'static lowestOneBit(int)': (_self, value) => value & -value,
    'static divideUnsigned(int,int)': (_self, a, b) => Math.floor((a >>> 0) / nonZero(b >>> 0)) | 0,
    'static remainderUnsigned(int,int)': (_self, a, b) => ((a >>> 0) % nonZero(b >>> 0)) | 0,
    'static toUnsignedLong(int)': (_self, value) => new JavaLong(BigInt(value >>> 0)),
    'static toUnsignedString(int)': (_self, value) => String(value >>> 0),
    'static rotateLeft(int,int)': (_self, value, by) => (value << by) | (value >>> -by),
    'static rotateRight(int,int)': (_self, value, by) => (value >>> by) | (value << -by),
  }),
)

/** `java.lang.Long`. */
export const longClass = defineClass(
  'java.lang.Long',
  [numberClass],
  methodsOf<JavaLong>()({
    'compareTo(Long)': (self, other) => compareNumbers(self, other as JavaLong),
    'compareTo(Object)': (_self, other) => cannotCast(other, 'java.lang.Long'),
    'static compare(long,long)': (_self, a, b) => (a < b ? -1 : a > b ? 1 : 0),
    'static parseLong(String)': (_self, digits) => parseLong(digits, 10),
    'static parseLong(String,int)': (_self, digits, radix) => parseLong(digits, radix),
    'static valueOf(String)': (_self, digits) => parseLong(digits, 10),
    'static valueOf(long)': (_self, value) => new JavaLong(value),
    'static toString(long)': (_self, value) => value.toString(),
    'static toString(long,int)': (_self, value, radix) => value.toString(radix),
    'static toHexString(long)': (_self, value) => BigInt.asUintN(64, value).toString(16),
    'static toBinaryString(long)': (_self, value) => BigInt.asUintN(64, value).toString(2),
    'static toOctalString(long)': (_self, value) => BigInt.asUintN(64, value).toString(8),
    'static hashCode(long)': (_self, value) => new JavaLong(value).hashCode(),
    'static min(long,long)': (_self, a, b) => new JavaLong(a < b ? a : b),
    'static max(long,long)': (_self, a, b) => new JavaLong(a > b ? a : b),
    'static sum(long,long)': (_self, a, b) => new JavaLong(BigInt.asIntN(64, a + b)),
    'static signum(long)': (_self, value) => (value < 0n ? -1 : value > 0n ? 1 : 0),
  }),
)

/** `java.lang.Double`. */
export const doubleClass = defineClass(
  'java.lang.Double',
  [numberClass],
  methodsOf<JavaDouble>()({
    'compareTo(Double)': (self, other) => compareDoubles(self.value, (other as JavaDouble).value),
    'compareTo(Object)': (_self, other) => cannotCast(other, 'java.lang.Double'),
    'static compare(double,double)': (_self, a, b) => compareDoubles(a, b),
    'isNaN()': self => Number.isNaN(self.value),
    'static isNaN(double)': (_self, value) => Number.isNaN(value),
    'isInfinite()': self => Math.abs(self.value) === Number.POSITIVE_INFINITY,
    'static isInfinite(double)': (_self, value) => Math.abs(value) === Number.POSITIVE_INFINITY,
    'static isFinite(double)': (_self, value) => Number.isFinite(value),
    'static parseDouble(String)': (_self, digits) => new JavaDouble(parseDouble(digits)),
    'static valueOf(String)': (_self, digits) => new JavaDouble(parseDouble(digits)),
    'static valueOf(double)': (_self, value) => new JavaDouble(value),
    'static toHexString(double)': (_self, value) => hexadecimal(value),
    'static toString(double)': (_self, value) => new JavaDouble(value).print(),
    'static hashCode(double)': (_self, value) => new JavaDouble(value).hashCode(),
    'static min(double,double)': (_self, a, b) => new JavaDouble(Math.min(a, b)),
    'static max(double,double)': (_self, a, b) => new JavaDouble(Math.max(a, b)),
    'static sum(double,double)': (_self, a, b) => new JavaDouble(a + b),
  }),
)

/** `java.lang.Float`, `Short` and `Byte`: results of conversions, hardly used further. */
export const floatClass = defineClass(
  'java.lang.Float',
  [numberClass],
  methodsOf<JavaFloat>()({
    'isNaN()': self => Number.isNaN(self.value),
    'isInfinite()': self => Math.abs(self.value) === Number.POSITIVE_INFINITY,
    'compareTo(Float)': (self, other) => compareDoubles(self.value, doubleOf(other as JavaFloat)),
    'compareTo(Object)': (_self, other) => cannotCast(other, 'java.lang.Float'),
    'static parseFloat(String)': (_self, digits) => new JavaFloat(parseDouble(digits)),
    'static valueOf(String)': (_self, digits) => new JavaFloat(parseDouble(digits)),
    'static valueOf(float)': (_self, value) => new JavaFloat(value),
    'static toString(float)': (_self, value) => new JavaFloat(value).print(),
    'static max(float,float)': (_self, a, b) => new JavaFloat(Math.max(a, b)),
    'static min(float,float)': (_self, a, b) => new JavaFloat(Math.min(a, b)),
    'static sum(float,float)': (_self, a, b) => new JavaFloat(Math.fround(a) + Math.fround(b)),
  }),
)
export const shortClass = defineClass(
  'java.lang.Short',
  [numberClass],
  methodsOf<JavaSmall>()({
    'compareTo(Short)': (self, other) => self.value - doubleOf(other as JavaSmall),
    'compareTo(Object)': (_self, other) => cannotCast(other, 'java.lang.Short'),
    'static parseShort(String)': (_self, digits) =>
      small('java.lang.Short', parseInteger(digits, 10), digits),
    'static valueOf(String)': (_self, digits) => small('java.lang.Short', parseInteger(digits, 10), digits),
  }),
)
export const byteClass = defineClass(
  'java.lang.Byte',
  [numberClass],
  methodsOf<JavaSmall>()({
    'compareTo(Byte)': (self, other) => self.value - doubleOf(other as JavaSmall),
    'compareTo(Object)': (_self, other) => cannotCast(other, 'java.lang.Byte'),
    'static parseByte(String)': (_self, digits) => small('java.lang.Byte', parseInteger(digits, 10), digits),
    'static valueOf(String)': (_self, digits) => small('java.lang.Byte', parseInteger(digits, 10), digits),
  }),
)

function small(className: JavaSmall['className'], value: number, digits: string): JavaSmall {
  const bits = className === 'java.lang.Byte' ? 24 : 16
  if ((value << bits) >> bits !== value) throw notANumber(digits)
  return new JavaSmall(className, value)
}

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

/** `java.lang.Boolean`. */
export const booleanClass = defineClass(
  'java.lang.Boolean',
  [objectClass],
  methodsOf<boolean>()({
    'booleanValue()': self => self,
    'compareTo(Boolean)': (self, other) => Number(self) - Number(other),
    'compareTo(Object)': (_self, other) => cannotCast(other, 'java.lang.Boolean'),
    'static compare(boolean,boolean)': (_self, a, b) => Number(a) - Number(b),
    'static parseBoolean(String)': (_self, value) => value.toLowerCase() === 'true',
    'static valueOf(String)': (_self, value) => value.toLowerCase() === 'true',
    'static valueOf(boolean)': (_self, value) => value,
    'static toString(boolean)': (_self, value) => String(value),
    'static hashCode(boolean)': (_self, value) => (value ? 1231 : 1237),
    'static getBoolean(String)': () => false,
    'static logicalAnd(boolean,boolean)': (_self, a, b) => a && b,
    'static logicalOr(boolean,boolean)': (_self, a, b) => a || b,
    'static logicalXor(boolean,boolean)': (_self, a, b) => a !== b,
  }),
)

/** `java.lang.Character`. */
export const characterClass = defineClass(
  'java.lang.Character',
  [objectClass],
  methodsOf<JavaCharacter>()({
    'charValue()': self => self,
    'compareTo(Character)': (self, other) => self.value.charCodeAt(0) - text(other).charCodeAt(0),
    'compareTo(Object)': (_self, other) => cannotCast(other, 'java.lang.Character'),
    'static isDigit(char)': (_self, value) => /^\p{Nd}$/u.test(value),
    'static isLetter(char)': (_self, value) => /^\p{L}$/u.test(value),
    'static isLetterOrDigit(char)': (_self, value) => /^[\p{L}\p{Nd}]$/u.test(value),
    'static isUpperCase(char)': (_self, value) => /^\p{Uppercase}$/u.test(value),
    'static isLowerCase(char)': (_self, value) => /^\p{Lowercase}$/u.test(value),
    'static isWhitespace(char)': (_self, value) => blank.test(value),
    'static toUpperCase(char)': (_self, value) => new JavaCharacter(value.toUpperCase()),
    'static toLowerCase(char)': (_self, value) => new JavaCharacter(value.toLowerCase()),
    'static toString(char)': (_self, value) => value,
    'static valueOf(char)': (_self, value) => new JavaCharacter(value),
    'static getNumericValue(char)': (_self, value) =>
      /^[0-9a-z]$/i.test(value) ? Number.parseInt(value, 36) : -1,
  }),
)

function parseInteger(digits: string, radix: number): number {
  const value = parseDigits(digits, radix)
  if (value < -2147483648n || value > 2147483647n) throw notANumber(digits)
  return Number(value)
}

function parseLong(digits: string, radix: number): JavaLong {
  const value = parseDigits(digits, radix)
  if (value !== BigInt.asIntN(64, value)) throw notANumber(digits)
  return new JavaLong(value)
}

function parseDigits(digits: string, radix: number): bigint {
  const match = /^([-+]?)([0-9a-z]+)$/i.exec(digits)
  const body = match?.[2]?.toLowerCase()
  if (body === undefined) throw notANumber(digits)
  let value = 0n
  for (const digit of body) {
    const weight = Number.parseInt(digit, 36)
    if (weight >= radix) throw notANumber(digits)
    value = value * BigInt(radix) + BigInt(weight)
  }
  return match?.[1] === '-' ? -value : value
}

function decode(digits: string): number {
  const match = /^([-+]?)(0x|#|0(?=.))?(.+)$/i.exec(digits)
  if (match === null) throw notANumber(digits)
  const [, sign = '', prefix = '', body = ''] = match
  return parseInteger(sign + body, prefix === '' ? 10 : prefix === '0' ? 8 : 16)
}

function parseDouble(digits: string): number {
  const trimmed = digits.trim()
  const match = /^([-+]?)(NaN|Infinity|(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?[fd]?)$/i.exec(trimmed)
  if (match === null) throw notANumber(digits)
  return Number(trimmed.replace(/(?<!Infinit)[fd]$/i, ''))
}

function notANumber(digits: string): JavaException {
  return new JavaException('java.lang.NumberFormatException', `For input string: "${digits}"`)
}

function nonZero(value: number): number {
  if (value === 0) throw new JavaException('java.lang.ArithmeticException', '/ by zero')
  return value
}

/** As `Double.compare`: -0.0 comes before 0.0, NaN last. */
function compareDoubles(left: number, right: number): number {
  if (left < right) return -1
  if (left > right) return 1
  if (Object.is(left, right)) return 0
  if (Number.isNaN(left)) return 1
  return Number.isNaN(right) || Object.is(left, -0) ? -1 : 1
}

/** `0x1.8p1`: the significand in hexadecimal, the exponent of two in decimal. */
function hexadecimal(value: number): string {
  if (!Number.isFinite(value)) return new JavaDouble(value).print()
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, value)
  const bits = view.getBigUint64(0)
  const sign = bits >> 63n === 0n ? '' : '-'
  const exponent = Number((bits >> 52n) & 0x7ffn)
  const fraction = (bits & 0xfffffffffffffn).toString(16).padStart(13, '0').replace(/0+$/, '') || '0'
  if (exponent > 0) return `${sign}0x1.${fraction}p${exponent - 1023}`
  return `${sign}0x0.${fraction}p${fraction === '0' ? 0 : -1022}`
}

function plain({ unscaled, scale }: JavaBigDecimal): string {
  if (scale <= 0) return (unscaled * 10n ** BigInt(-scale)).toString()
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, '0')
  return `${unscaled < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}
