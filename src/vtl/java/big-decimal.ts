/** Prints as `BigDecimal.toString` does: plain, or with an exponent where the scale is negative or the value tiny. */
export function printDecimal(unscaled: bigint, scale: number): string {
  const sign = unscaled < 0n ? '-' : ''
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString()
  if (scale === 0) return sign + digits
  const adjusted = digits.length - 1 - scale
  if (scale > 0 && adjusted >= -6) {
    const padded = digits.padStart(scale + 1, '0')
    return `${sign}${padded.slice(0, -scale)}.${padded.slice(-scale)}`
  }
  const mantissa = digits.length > 1 ? `${digits[0]}.${digits.slice(1)}` : digits
  return `${sign}${mantissa}E${adjusted >= 0 ? '+' : ''}${adjusted}`
}

/** Reads decimal digits with an optional point and exponent. */
export function readDecimal(source: string): { unscaled: bigint; scale: number } {
  const [mantissa = '', exponent = '0'] = source.toLowerCase().split('e')
  const [whole = '', fraction = ''] = mantissa.split('.')
  return { unscaled: BigInt(whole + fraction), scale: fraction.length - Number(exponent) }
}

/** The exact decimal value of a double, as `new BigDecimal(double)`. */
export function decimalOfDouble(value: number): { unscaled: bigint; scale: number } {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, value)
  const bits = view.getBigUint64(0)
  const sign = bits >> 63n === 0n ? 1n : -1n
  let exponent = Number((bits >> 52n) & 0x7ffn)
  let significand = bits & 0xfffffffffffffn
  if (exponent === 0) exponent = 1
  else significand |= 1n << 52n
  exponent -= 1075
  if (significand === 0n) return { unscaled: 0n, scale: 0 }
  while (significand % 2n === 0n && exponent < 0) {
    significand /= 2n
    exponent++
  }
  if (exponent >= 0) return { unscaled: sign * (significand << BigInt(exponent)), scale: 0 }
  return { unscaled: sign * significand * 5n ** BigInt(-exponent), scale: -exponent }
}
