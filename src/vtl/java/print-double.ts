import { javaDigits } from './double-digits.ts'

/**
 * Prints as `Double.toString` does: `3.0`, `1.0E10`, plain digits between 10^-3 and 10^7.
 * https://docs.oracle.com/en/java/javase/17/docs/api/java.base/java/lang/Double.html#toString(double)
 */
export function printDouble(value: number, single = false): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity'
  const sign = value < 0 || Object.is(value, -0) ? '-' : ''
  const magnitude = Math.abs(value)
  if (magnitude === 0) return `${sign}0.0`
  if (!single && magnitude >= 1e-3 && magnitude < 1e7) {
    const shortest = String(magnitude)
    // Up to fifteen digits Java and JavaScript agree.
    if (shortest.length <= 16) return shortest.includes('.') ? sign + shortest : `${sign}${shortest}.0`
  }
  const { digits, exponent } = javaDigits(magnitude, single)
  if (magnitude >= 1e-3 && magnitude < 1e7) {
    if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`
    const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0')
    return `${sign}${whole}.${digits.slice(exponent + 1) || '0'}`
  }
  return `${sign}${digits[0]}.${digits.slice(1) || '0'}E${exponent}`
}
