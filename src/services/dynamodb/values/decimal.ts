/**
 * A decimal number of up to 38 digits: ±0.d₁d₂d₃… × 10^exponent with d₁ and the last digit not 0; zero has no digits.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html#HowItWorks.DataTypes.Number
 */
export interface Decimal {
  readonly negative: boolean
  readonly digits: string
  readonly exponent: number
}

/** Significant digits that DynamoDB keeps. */
export const maximumDigits = 38
/** 9.99…E+125 in the form above. */
export const maximumExponent = 126
/** 1E-130 in the form above. */
export const minimumExponent = -129

const pattern = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,9}))?$/

/** Reads a number's text, or answers undefined where it is none. */
export function parseDecimal(text: string): Decimal | undefined {
  const match = pattern.exec(text)
  if (!match) return undefined
  const [, sign = '', whole = '', fraction = '', power = '0'] = match
  if (whole === '' && fraction === '') return undefined
  const all = whole + fraction
  let first = 0
  while (first < all.length && all.charCodeAt(first) === 48) first++
  let last = all.length
  while (last > first && all.charCodeAt(last - 1) === 48) last--
  if (first === last) return { negative: false, digits: '', exponent: 0 }
  return {
    negative: sign === '-',
    digits: all.slice(first, last),
    exponent: whole.length - first + Number(power),
  }
}

/** The text that DynamoDB answers: plain digits without exponent, leading or trailing zeros. */
export function formatDecimal({ negative, digits, exponent }: Decimal): string {
  if (digits === '') return '0'
  const sign = negative ? '-' : ''
  if (exponent <= 0) return `${sign}0.${'0'.repeat(-exponent)}${digits}`
  if (exponent >= digits.length) return sign + digits + '0'.repeat(exponent - digits.length)
  return `${sign}${digits.slice(0, exponent)}.${digits.slice(exponent)}`
}

const canonicalInteger = /^(?:0|-?[1-9]\d{0,14})$/

/** The canonical text of a number that is known to be one; most are small integers and already canonical. */
export function normalizeNumber(text: string): string {
  if (canonicalInteger.test(text)) return text
  const decimal = parseDecimal(text)
  return decimal === undefined ? text : formatDecimal(decimal)
}

/** Negative, zero or positive as `a` is less than, equal to or greater than `b`; both are known to be numbers. */
export function compareNumbers(a: string, b: string): number {
  if (canonicalInteger.test(a) && canonicalInteger.test(b)) return Number(a) - Number(b)
  return compareDecimals(required(a), required(b))
}

function required(text: string): Decimal {
  const decimal = parseDecimal(text)
  if (decimal === undefined) throw new Error(`"${text}" got past validation as a number`)
  return decimal
}

function compareDecimals(a: Decimal, b: Decimal): number {
  const [signA, signB] = [signOf(a), signOf(b)]
  if (signA !== signB) return signA - signB
  if (a.exponent !== b.exponent && signA !== 0) return (a.exponent - b.exponent) * signA
  if (a.digits === b.digits) return 0
  // Without leading zeros and at the same exponent the digits compare as text, a prefix being less.
  return (a.digits < b.digits ? -1 : 1) * signA
}

const signOf = ({ digits, negative }: Decimal): number => (digits === '' ? 0 : negative ? -1 : 1)

/** `a + b`, or `a - b` with `subtract`, exactly; the caller judges precision and range. */
export function addNumbers(a: string, b: string, subtract = false): Decimal {
  const [x, y] = [required(a), required(b)]
  const scale = Math.max(x.digits.length - x.exponent, y.digits.length - y.exponent, 0)
  const sum = subtract ? scaled(x, scale) - scaled(y, scale) : scaled(x, scale) + scaled(y, scale)
  return required(`${sum}e${-scale}`)
}

/** The number times 10^scale, an integer because `scale` covers its last digit. */
function scaled({ negative, digits, exponent }: Decimal, scale: number): bigint {
  if (digits === '') return 0n
  const value = BigInt(digits) * 10n ** BigInt(exponent - digits.length + scale)
  return negative ? -value : value
}
