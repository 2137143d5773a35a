import { doubleOf, integerValue } from './arithmetic.ts'
import { isNumber, JavaBigDecimal, JavaBigInteger, JavaCharacter, JavaDouble, JavaFloat } from './number.ts'
import { hash, JavaException, text, type Value } from './value.ts'

const specifier = /%(?:(\d+)\$)?([-#+ 0,(<]*)(\d+)?(?:\.(\d+))?([a-zA-Z%])/y

/** `String.format` (https://docs.oracle.com/en/java/javase/17/docs/api/java.base/java/util/Formatter.html). */
export function format(pattern: string, values: readonly Value[]): string {
  let result = ''
  let ordinary = 0
  let last = -1
  let at = 0
  while (at < pattern.length) {
    const percent = pattern.indexOf('%', at)
    if (percent === -1) return result + pattern.slice(at)
    result += pattern.slice(at, percent)
    specifier.lastIndex = percent
    const match = specifier.exec(pattern)
    if (match === null)
      throw failure('UnknownFormatConversion', `Conversion = '${pattern[percent + 1] ?? '%'}'`)
    at = specifier.lastIndex
    const [whole, position, flags = '', width = '', precision, conversion = ''] = match
    if (conversion === 'n') result += '\n'
    else if (conversion === '%') result += pad('%', flags, width)
    else {
      const index = flags.includes('<') ? last : position === undefined ? ordinary++ : Number(position) - 1
      const value = values[index]
      if (value === undefined) throw failure('MissingFormatArgument', `Format specifier '${whole}'`)
      last = index
      result += one(value, flags, width, precision, conversion)
    }
  }
  return result
}

function one(
  value: Value,
  flags: string,
  width: string,
  precision: string | undefined,
  conversion: string,
): string {
  const converted = convert(value, flags, precision, conversion.toLowerCase())
  const cased = /[A-Z]/.test(conversion) ? converted.toUpperCase() : converted
  const numeric = 'dxofeg'.includes(conversion.toLowerCase())
  if (numeric && flags.includes('0') && cased.length < Number(width)) {
    const sign = /^[-+ (]/.exec(cased)?.[0] ?? ''
    return sign + cased.slice(sign.length).padStart(Number(width) - sign.length, '0')
  }
  return pad(cased, flags, width)
}

function pad(value: string, flags: string, width: string): string {
  return flags.includes('-') ? value.padEnd(Number(width)) : value.padStart(Number(width))
}

function convert(value: Value, flags: string, precision: string | undefined, conversion: string): string {
  switch (conversion) {
    case 's':
      return text(value).slice(0, precision === undefined ? undefined : Number(precision))
    case 'b':
      return String(typeof value === 'boolean' ? value : value !== null)
    case 'h':
      return value === null ? 'null' : (hash(value) >>> 0).toString(16)
    case 'c':
      return character(value)
    case 'd':
    case 'x':
    case 'o':
      return integer(value, flags, conversion)
    case 'f':
    case 'e':
      return real(value, flags, precision === undefined ? 6 : Number(precision), conversion)
    default:
      throw failure('UnknownFormatConversion', `Conversion = '${conversion}'`)
  }
}

function character(value: Value): string {
  if (typeof value === 'number' && value >= 0 && value <= 0x10ffff) return String.fromCodePoint(value)
  if (value === null || value instanceof JavaCharacter) return text(value)
  throw failure('IllegalFormatConversion', `c != ${typeof value}`)
}

function integer(value: Value, flags: string, conversion: string): string {
  if (value === null) return 'null'
  if (
    !isNumber(value) ||
    value instanceof JavaDouble ||
    value instanceof JavaFloat ||
    value instanceof JavaBigDecimal
  )
    throw failure(
      'IllegalFormatConversion',
      `${conversion} != ${typeof value === 'object' ? value.className : typeof value}`,
    )
  const whole = integerValue(value)
  if (conversion === 'd')
    return signed(whole < 0n, grouped((whole < 0n ? -whole : whole).toString(), flags), flags)
  const radix = conversion === 'x' ? 16 : 8
  if (value instanceof JavaBigInteger) return whole.toString(radix)
  const bits = typeof value === 'number' ? 32 : 64
  return BigInt.asUintN(bits, whole).toString(radix)
}

function real(value: Value, flags: string, precision: number, conversion: string): string {
  if (value === null) return 'null'
  if (
    !isNumber(value) ||
    !(value instanceof JavaDouble || value instanceof JavaFloat || value instanceof JavaBigDecimal)
  )
    throw failure(
      'IllegalFormatConversion',
      `${conversion} != ${typeof value === 'object' ? value.className : typeof value}`,
    )
  const number = doubleOf(value)
  const magnitude = Math.abs(number)
  const negative = number < 0 || Object.is(number, -0)
  if (!Number.isFinite(number)) return Number.isNaN(number) ? 'NaN' : signed(negative, 'Infinity', flags)
  if (conversion === 'e') {
    const [mantissa = '', exponent = '0'] = magnitude.toExponential(precision).split('e')
    return signed(negative, `${mantissa}e${exponent[0]}${exponent.slice(1).padStart(2, '0')}`, flags)
  }
  return signed(negative, grouped(halfUp(magnitude, precision), flags), flags)
}

/** Java rounds halves of the printed decimal up, where JavaScript's `toFixed` rounds the binary value. */
function halfUp(magnitude: number, precision: number): string {
  const [mantissa = '', exponentText = '0'] = magnitude.toExponential().split('e')
  const digits = mantissa.replace('.', '')
  const scale = digits.length - 1 - Number(exponentText)
  let unscaled = BigInt(digits)
  if (scale > precision) {
    const by = 10n ** BigInt(scale - precision)
    unscaled = (unscaled * 2n + by) / (by * 2n)
  } else unscaled *= 10n ** BigInt(precision - scale)
  const padded = unscaled.toString().padStart(precision + 1, '0')
  return precision === 0 ? padded : `${padded.slice(0, -precision)}.${padded.slice(-precision)}`
}

function grouped(digits: string, flags: string): string {
  if (!flags.includes(',')) return digits
  const [whole = '', fraction] = digits.split('.')
  const separated = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? separated : `${separated}.${fraction}`
}

function signed(negative: boolean, digits: string, flags: string): string {
  if (negative) return flags.includes('(') ? `(${digits})` : `-${digits}`
  return flags.includes('+') ? `+${digits}` : flags.includes(' ') ? ` ${digits}` : digits
}

function failure(name: string, message: string): JavaException {
  return new JavaException(`java.util.${name}Exception`, message)
}
