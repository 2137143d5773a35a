import { printDecimal } from './big-decimal.ts'
import { printDouble } from './print-double.ts'
import { JavaObject, type Value } from './value.ts'

/** `java.lang.Long`: 64 bits, without JavaScript's loss above 2^53. */
export class JavaLong extends JavaObject {
  get className(): string {
    return 'java.lang.Long'
  }
  readonly value: bigint

  constructor(value: bigint) {
    super()
    this.value = value
  }

  print(): string {
    return this.value.toString()
  }

  override equals(other: Value): boolean {
    return other instanceof JavaLong && other.value === this.value
  }

  override hashCode(): number {
    return Number(BigInt.asIntN(32, this.value ^ (this.value >> 32n)))
  }
}

/** `java.lang.Double`. */
export class JavaDouble extends JavaObject {
  get className(): string {
    return 'java.lang.Double'
  }
  #value: number | undefined
  readonly #written: string | undefined

  /** Given as text, it prints just so, and is read only where somebody calculates with it. */
  constructor(value: number | string) {
    super()
    if (typeof value === 'number') this.#value = value
    else this.#written = value
  }

  get value(): number {
    this.#value ??= Number(this.#written)
    return this.#value
  }

  print(): string {
    return this.#written ?? printDouble(this.value)
  }

  override equals(other: Value): boolean {
    return other instanceof JavaDouble && Object.is(other.value, this.value)
  }

  override hashCode(): number {
    const view = new DataView(new ArrayBuffer(8))
    view.setFloat64(0, this.value)
    return view.getInt32(0) ^ view.getInt32(4)
  }
}

/** `java.lang.Float`. */
export class JavaFloat extends JavaObject {
  get className(): string {
    return 'java.lang.Float'
  }
  readonly value: number

  constructor(value: number) {
    super()
    this.value = Math.fround(value)
  }

  print(): string {
    return printDouble(this.value, true)
  }

  override equals(other: Value): boolean {
    return other instanceof JavaFloat && Object.is(other.value, this.value)
  }

  override hashCode(): number {
    const view = new DataView(new ArrayBuffer(4))
    view.setFloat32(0, this.value)
    return view.getInt32(0)
  }
}

/** `java.lang.Short` and `java.lang.Byte`. */
export class JavaSmall extends JavaObject {
  readonly className: 'java.lang.Short' | 'java.lang.Byte'
  readonly value: number

  constructor(className: 'java.lang.Short' | 'java.lang.Byte', value: number) {
    super()
    this.className = className
    this.value = value
  }

  print(): string {
    return String(this.value)
  }

  override equals(other: Value): boolean {
    return other instanceof JavaSmall && other.className === this.className && other.value === this.value
  }

  override hashCode(): number {
    return this.value
  }
}

/** `java.math.BigInteger`. */
export class JavaBigInteger extends JavaObject {
  get className(): string {
    return 'java.math.BigInteger'
  }
  readonly value: bigint

  constructor(value: bigint) {
    super()
    this.value = value
  }

  print(): string {
    return this.value.toString()
  }

  override equals(other: Value): boolean {
    return other instanceof JavaBigInteger && other.value === this.value
  }

  override hashCode(): number {
    const magnitude = this.value < 0n ? -this.value : this.value
    let result = 0
    const hex = magnitude.toString(16)
    const padded = hex.padStart(Math.ceil(hex.length / 8) * 8, '0')
    for (let index = 0; index < padded.length; index += 8)
      result = (Math.imul(31, result) + Number.parseInt(padded.slice(index, index + 8), 16)) | 0
    return this.value < 0n ? -result | 0 : result
  }
}

/** `java.math.BigDecimal`: `unscaled` × 10^-`scale`. */
export class JavaBigDecimal extends JavaObject {
  get className(): string {
    return 'java.math.BigDecimal'
  }
  readonly unscaled: bigint
  readonly scale: number

  constructor(unscaled: bigint, scale: number) {
    super()
    this.unscaled = unscaled
    this.scale = scale
  }

  print(): string {
    return printDecimal(this.unscaled, this.scale)
  }

  override equals(other: Value): boolean {
    return other instanceof JavaBigDecimal && other.unscaled === this.unscaled && other.scale === this.scale
  }

  override hashCode(): number {
    return (Math.imul(31, new JavaBigInteger(this.unscaled).hashCode()) + this.scale) | 0
  }
}

/** `java.lang.Character`: one UTF-16 unit. */
export class JavaCharacter extends JavaObject {
  get className(): string {
    return 'java.lang.Character'
  }
  readonly value: string

  constructor(value: string) {
    super()
    this.value = value
  }

  print(): string {
    return this.value
  }

  override equals(other: Value): boolean {
    return other instanceof JavaCharacter && other.value === this.value
  }

  override hashCode(): number {
    return this.value.charCodeAt(0)
  }
}

/** A value of Java that is a number. */
export type JavaNumber =
  | number
  | JavaLong
  | JavaDouble
  | JavaFloat
  | JavaSmall
  | JavaBigInteger
  | JavaBigDecimal

export function isNumber(value: Value): value is JavaNumber {
  return (
    typeof value === 'number' ||
    value instanceof JavaDouble ||
    value instanceof JavaLong ||
    value instanceof JavaBigInteger ||
    value instanceof JavaBigDecimal ||
    value instanceof JavaFloat ||
    value instanceof JavaSmall
  )
}

const maxInteger = 2147483647n
const maxLong = 9223372036854775807n

/** The smallest of Integer, Long and BigInteger that holds `value`. */
export function integerOf(value: bigint): JavaNumber {
  if (value >= -maxInteger - 1n && value <= maxInteger) return Number(value)
  if (value >= -maxLong - 1n && value <= maxLong) return new JavaLong(value)
  return new JavaBigInteger(value)
}
