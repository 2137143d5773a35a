import { doubleOf } from '../java/arithmetic.ts'
import { defineClass, methodsOf } from '../java/java-class.ts'
import { JavaDouble, JavaFloat, JavaLong, JavaSmall } from '../java/number.ts'
import { notANumber, parseDouble, parseInteger } from '../java/parse-number.ts'
import { numberClass } from './number-methods.ts'
import { cannotCast } from './string-methods.ts'

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
    'static doubleToLongBits(double)': (_self, value) => new JavaLong(bitsOf(value)),
    'static doubleToRawLongBits(double)': (_self, value) => new JavaLong(bitsOf(value)),
    'static longBitsToDouble(long)': (_self, bits) => new JavaDouble(doubleOfBits(bits)),
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
    'static toHexString(float)': (_self, value) => hexadecimal(Math.fround(value)),
    'static isNaN(float)': (_self, value) => Number.isNaN(value),
    'static isFinite(float)': (_self, value) => Number.isFinite(value),
    'static isInfinite(float)': (_self, value) => Math.abs(value) === Number.POSITIVE_INFINITY,
    'static hashCode(float)': (_self, value) => new JavaFloat(value).hashCode(),
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

/** As `Double.compare`: -0.0 comes before 0.0, NaN last. */
function compareDoubles(left: number, right: number): number {
  if (left < right) return -1
  if (left > right) return 1
  if (Object.is(left, right)) return 0
  if (Number.isNaN(left)) return 1
  return Number.isNaN(right) || Object.is(left, -0) ? -1 : 1
}

function bitsOf(value: number): bigint {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, value)
  return view.getBigInt64(0)
}

function doubleOfBits(bits: bigint): number {
  const view = new DataView(new ArrayBuffer(8))
  view.setBigInt64(0, bits)
  return view.getFloat64(0)
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
