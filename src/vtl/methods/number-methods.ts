import { compareNumbers, doubleOf, integerValue, intOf } from '../java/arithmetic.ts'
import { defineClass, methodsOf } from '../java/java-class.ts'
import { JavaDouble, JavaFloat, JavaLong, type JavaNumber, JavaSmall } from '../java/number.ts'
import {
  decode,
  inRadix,
  integerWithin,
  longWithin,
  parseDigits,
  parseInteger,
  parseLong,
} from '../java/parse-number.ts'
import { JavaException } from '../java/value.ts'
import { objectClass } from './object-methods.ts'
import { cannotCast } from './string-methods.ts'

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
    'static decode(String)': (_self, digits) => integerWithin(decode(digits), digits),
    'static toString(int)': (_self, value) => String(value),
    'static toString(int,int)': (_self, value, radix) => inRadix(value, radix),
    'static toHexString(int)': (_self, value) => (value >>> 0).toString(16),
    'static parseUnsignedInt(String)': (_self, digits) => Number(BigInt.asIntN(32, parseDigits(digits, 10))),
    'static compareUnsigned(int,int)': (_self, a, b) => Math.sign((a >>> 0) - (b >>> 0)),
    'static reverseBytes(int)': (_self, value) =>
      ((value & 0xff) << 24) | ((value & 0xff00) << 8) | ((value >>> 8) & 0xff00) | (value >>> 24),
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
    'static valueOf(String,int)': (_self, digits, radix) => parseLong(digits, radix),
    'static valueOf(long)': (_self, value) => new JavaLong(value),
    'static toString(long)': (_self, value) => value.toString(),
    'static toString(long,int)': (_self, value, radix) => inRadix(value, radix),
    'static toHexString(long)': (_self, value) => BigInt.asUintN(64, value).toString(16),
    'static toBinaryString(long)': (_self, value) => BigInt.asUintN(64, value).toString(2),
    'static toOctalString(long)': (_self, value) => BigInt.asUintN(64, value).toString(8),
    'static hashCode(long)': (_self, value) => new JavaLong(value).hashCode(),
    'static min(long,long)': (_self, a, b) => new JavaLong(a < b ? a : b),
    'static max(long,long)': (_self, a, b) => new JavaLong(a > b ? a : b),
    'static sum(long,long)': (_self, a, b) => new JavaLong(BigInt.asIntN(64, a + b)),
    'static decode(String)': (_self, digits) => longWithin(decode(digits), digits),
    'static parseUnsignedLong(String)': (_self, digits) =>
      new JavaLong(BigInt.asIntN(64, parseDigits(digits, 10))),
    'static toUnsignedString(long)': (_self, value) => BigInt.asUintN(64, value).toString(),
    'static compareUnsigned(long,long)': (_self, a, b) =>
      BigInt.asUintN(64, a) < BigInt.asUintN(64, b) ? -1 : a === b ? 0 : 1,
    'static bitCount(long)': (_self, value) =>
      BigInt.asUintN(64, value).toString(2).replaceAll('0', '').length,
    'static numberOfLeadingZeros(long)': (_self, value) =>
      value === 0n ? 64 : 64 - BigInt.asUintN(64, value).toString(2).length,
    'static numberOfTrailingZeros(long)': (_self, value) =>
      value === 0n ? 64 : BigInt.asUintN(64, value).toString(2).split('').reverse().indexOf('1'),
    'static highestOneBit(long)': (_self, value) =>
      new JavaLong(
        value === 0n ? 0n : BigInt.asIntN(64, 1n << BigInt(BigInt.asUintN(64, value).toString(2).length - 1)),
      ),
    'static lowestOneBit(long)': (_self, value) => new JavaLong(BigInt.asIntN(64, value & -value)),
    'static divideUnsigned(long,long)': (_self, a, b) =>
      new JavaLong(BigInt.asIntN(64, BigInt.asUintN(64, a) / nonZero(BigInt.asUintN(64, b)))),
    'static remainderUnsigned(long,long)': (_self, a, b) =>
      new JavaLong(BigInt.asIntN(64, BigInt.asUintN(64, a) % nonZero(BigInt.asUintN(64, b)))),
    'static reverse(long)': (_self, value) =>
      fromBits([...BigInt.asUintN(64, value).toString(2).padStart(64, '0')].reverse().join('')),
    'static reverseBytes(long)': (_self, value) =>
      fromBits(
        (BigInt.asUintN(64, value).toString(2).padStart(64, '0').match(/.{8}/g) ?? []).reverse().join(''),
      ),
    'static rotateLeft(long,int)': (_self, value, by) => rotated(value, by),
    'static rotateRight(long,int)': (_self, value, by) => rotated(value, -by),
    'static signum(long)': (_self, value) => (value < 0n ? -1 : value > 0n ? 1 : 0),
  }),
)

function fromBits(bits: string): JavaLong {
  return new JavaLong(BigInt.asIntN(64, BigInt(`0b${bits}`)))
}

function rotated(value: bigint, by: number): JavaLong {
  const bits = BigInt.asUintN(64, value).toString(2).padStart(64, '0')
  return fromBits(bits.slice(by & 63) + bits.slice(0, by & 63))
}

function nonZero<Value extends number | bigint>(value: Value): Value {
  if (Number(value) === 0) throw new JavaException('java.lang.ArithmeticException', '/ by zero')
  return value
}
