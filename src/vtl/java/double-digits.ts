/** Significant digits, and the power of ten that the first of them stands for. */
export interface Digits {
  readonly digits: string
  readonly exponent: number
}

interface Format {
  /** Bits of the significand, the hidden one included. */
  readonly precision: number
  readonly significand: bigint
  /** The value is `significand` × 2^`exponent`. */
  readonly exponent: number
}

/**
 * The digits that `Double.toString` and `Float.toString` print up to Java 18: enough to be unique, though not always
 * the fewest (https://bugs.openjdk.org/browse/JDK-4511638). API Gateway's Java is older than the correction (assumed).
 */
export function javaDigits(value: number, single: boolean): Digits {
  const shortest = shortestDigits(value, single)
  // Up to here both ways agree: only digits near the end of the precision differ.
  if (!single && shortest.digits.length <= 15 && value < 2 ** 53 && value > 1e-300) return shortest
  return developed(single ? formatOfSingle(value) : formatOfDouble(value), value)
}

function shortestDigits(value: number, single: boolean): Digits {
  if (!single) return split(value.toExponential())
  for (let precision = 0; precision < 9; precision++) {
    const candidate = value.toExponential(precision)
    if (Math.fround(Number(candidate)) === value) return split(candidate)
  }
  return split(value.toExponential())
}

function split(exponential: string): Digits {
  const [mantissa = '0', exponent = '0'] = exponential.split('e')
  return { digits: trimmed(mantissa.replace('.', '')), exponent: Number(exponent) }
}

function trimmed(digits: string): string {
  return digits.replace(/0+$/, '') || '0'
}

function formatOfDouble(value: number): Format {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, value)
  const bits = view.getBigUint64(0)
  const exponent = Number((bits >> 52n) & 0x7ffn)
  const fraction = bits & 0xfffffffffffffn
  if (exponent === 0) return { precision: 53, significand: fraction, exponent: -1074 }
  return { precision: 53, significand: fraction | (1n << 52n), exponent: exponent - 1075 }
}

function formatOfSingle(value: number): Format {
  const view = new DataView(new ArrayBuffer(4))
  view.setFloat32(0, value)
  const bits = view.getUint32(0)
  const exponent = (bits >>> 23) & 0xff
  const fraction = BigInt(bits & 0x7fffff)
  if (exponent === 0) return { precision: 24, significand: fraction, exponent: -149 }
  return { precision: 24, significand: fraction | (1n << 23n), exponent: exponent - 150 }
}

function developed(format: Format, value: number): Digits {
  const { significand, exponent, precision } = format
  const length = significand.toString(2).length
  const binary = exponent + length - 1
  if (Number.isInteger(value) && binary < 63) return wholeDigits(BigInt(value), binary - precision)
  return fractionDigits(significand, exponent, length)
}

/** A whole number: digits below its precision are rounded away. */
function wholeDigits(value: bigint, excess: number): Digits {
  const insignificant = excess > 1 ? Math.floor((excess - 1) * Math.log10(2)) : 0
  const power = 10n ** BigInt(insignificant)
  let kept = value / power
  if (insignificant > 0 && value % power >= power / 2n) kept++
  const digits = kept.toString()
  return { digits: trimmed(digits), exponent: digits.length - 1 + insignificant }
}

/** Digit after digit, until what is left is within half a unit of the last binary place. */
function fractionDigits(significand: bigint, exponent: number, length: number): Digits {
  let decimal = estimatedExponent(significand, exponent, length)
  let { rest, margin, unit, wraps } = scaled(significand, exponent, length, decimal)
  const long = (value: bigint): bigint => (wraps ? BigInt.asIntN(64, value) : value)
  const tens = unit * 10n
  let digits = ''
  let low = false
  let high = false
  const next = (): void => {
    const digit = rest / unit
    rest = 10n * (rest % unit)
    margin = long(margin * 10n)
    // Java takes a margin that wrapped for one that covers everything.
    low = margin <= 0n || rest < margin
    high = margin <= 0n || long(rest + margin) > tens
    if (digits === '' && digit === 0n) decimal--
    else digits += digit.toString()
  }
  next()
  if (decimal < -3 || decimal >= 8) {
    low = false
    high = false
  }
  while (!low && !high) next()
  const half = long(long(rest * 2n) - tens)
  const up = high && (!low || half > 0n || (half === 0n && Number(digits.at(-1)) % 2 === 1))
  if (!up) return { digits: trimmed(digits), exponent: decimal }
  const rounded = (BigInt(digits) + 1n).toString()
  return { digits: trimmed(rounded), exponent: decimal + rounded.length - digits.length }
}

interface Scaled {
  /** `rest` / `unit` is the value brought between 1 and 10, `margin` / `unit` half a unit of its last place. */
  readonly rest: bigint
  readonly margin: bigint
  readonly unit: bigint
  /** Whether Java does all this in 64 bits, where it sometimes wraps. */
  readonly wraps: boolean
}

/** Scales by powers of five and two, common powers of two taken out. */
function scaled(significand: bigint, exponent: number, length: number, decimal: number): Scaled {
  let odd = significand
  let zeros = 0
  while (odd % 2n === 0n) {
    odd /= 2n
    zeros++
  }
  const restFives = Math.max(0, -decimal)
  const unitFives = Math.max(0, decimal)
  let restTwos = restFives + exponent + zeros
  let unitTwos = unitFives
  let marginTwos = restFives + exponent - 1 - (odd === 1n ? 1 : 0)
  const shift = -Math.min(restTwos, unitTwos, marginTwos)
  restTwos += shift
  unitTwos += shift
  marginTwos += shift
  const restBits = length - zeros + restTwos + bitsOfFives(restFives)
  const tensBits = unitTwos + 1 + bitsOfFives(unitFives + 1)
  return {
    rest: (odd * 5n ** BigInt(restFives)) << BigInt(restTwos),
    margin: (5n ** BigInt(restFives)) << BigInt(marginTwos),
    unit: (5n ** BigInt(unitFives)) << BigInt(unitTwos),
    wraps: restBits < 64 && tensBits < 64 && (restBits >= 32 || tensBits >= 32),
  }
}

function bitsOfFives(power: number): number {
  if (power === 0) return 0
  return power < 27 ? (5n ** BigInt(power)).toString(2).length : power * 3
}

function estimatedExponent(significand: bigint, exponent: number, length: number): number {
  const mantissa = Number(significand) / 2 ** (length - 1)
  return Math.floor(
    (mantissa - 1.5) * 0.289529654 + 0.176091259 + (exponent + length - 1) * 0.301029995663981,
  )
}
