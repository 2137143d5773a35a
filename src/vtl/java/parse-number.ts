import { JavaLong } from './number.ts'
import { JavaException } from './value.ts'

/** `Integer.parseInt`. */
export function parseInteger(digits: string, radix: number): number {
  return integerWithin(parseDigits(digits, radix), digits)
}

/** An int, or what parsing throws. */
export function integerWithin(value: bigint, digits: string): number {
  if (value < -2147483648n || value > 2147483647n) throw notANumber(digits)
  return Number(value)
}

/** `Long.parseLong`. */
export function parseLong(digits: string, radix: number): JavaLong {
  return longWithin(parseDigits(digits, radix), digits)
}

/** A long, or what parsing throws. */
export function longWithin(value: bigint, digits: string): JavaLong {
  if (value !== BigInt.asIntN(64, value)) throw notANumber(digits)
  return new JavaLong(value)
}

/** The digits of an integer in `radix`. */
export function parseDigits(digits: string, radix: number): bigint {
  if (radix < 2 || radix > 36) throw new JavaException('java.lang.NumberFormatException', `radix ${radix}`)
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

/** `Integer.decode`: hexadecimal with `0x` or `#`, octal with `0`. */
export function decode(digits: string): bigint {
  const match = /^([-+]?)(0x|#|0(?=.))?(.+)$/i.exec(digits)
  if (match === null) throw notANumber(digits)
  const [, sign = '', prefix = '', body = ''] = match
  return parseDigits(sign + body, prefix === '' ? 10 : prefix === '0' ? 8 : 16)
}

/** `Double.parseDouble`. */
export function parseDouble(digits: string): number {
  const trimmed = digits.trim()
  const match = /^([-+]?)(NaN|Infinity|(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?[fd]?)$/i.exec(trimmed)
  if (match === null) throw notANumber(digits)
  return Number(trimmed.replace(/(?<!Infinit)[fd]$/i, ''))
}

/** What parsing throws. */
export function notANumber(digits: string): JavaException {
  return new JavaException('java.lang.NumberFormatException', `For input string: "${digits}"`)
}

/** Any radix that Java does not know counts as ten. */
export function inRadix(value: number | bigint, radix: number): string {
  return value.toString(radix < 2 || radix > 36 ? 10 : radix)
}
