import { isBase64 } from '../../../aws/index.ts'
import { maximumDigits } from '../values/decimal.ts'
import { base64Size } from '../values/item-size.ts'
import { minus, nine, point, quote, zero } from './characters.ts'
import { JsonBytes } from './json-bytes.ts'

/** Reads numbers and binaries as DynamoDB writes them; `length` is then what they count as a part of an item. */
export class ScalarBytes extends JsonBytes {
  /** The quote that ends a number in its canonical text, of few digits; any other is refused. */
  number(from: number): number {
    const { bytes } = this
    this.escaping = 'none'
    const first = bytes[from] === minus ? from + 1 : from
    const whole = this.digits(first)
    const count = whole - first
    if (count === 0 || count > maximumDigits || (bytes[first] === zero && count > 1)) return -1
    if (bytes[whole] === quote) {
      if (bytes[first] === zero) {
        this.length = 1
        return first === from ? whole : -1
      }
      let last = whole
      while (bytes[last - 1] === zero) last--
      this.measure(last - first, count, first - from)
      return whole
    }
    if (bytes[whole] !== point) return -1
    const end = this.digits(whole + 1)
    const digits = end - whole - 1
    if (digits === 0 || count + digits > maximumDigits || bytes[end - 1] === zero || bytes[end] !== quote)
      return -1
    if (bytes[first] === zero) {
      let at = whole + 1
      while (bytes[at] === zero) at++
      this.measure(end - at, whole + 1 - at, first - from)
    } else this.measure(count + digits, count, first - from)
    return end
  }

  private digits(from: number): number {
    const { bytes } = this
    let at = from
    while ((bytes[at] as number) >= zero && (bytes[at] as number) <= nine) at++
    return at
  }

  /** As `valueSize` counts a number of so many digits, the first of which stands so many places before the point. */
  private measure(digits: number, exponent: number, minuses: number): void {
    const isAligned = digits % 2 === 1 || exponent % 2 === 0
    this.length = 1 + ((digits + 1) >> 1) + (isAligned ? 0 : 1) + minuses
  }

  /** The quote that ends a binary. */
  binary(from: number): number {
    const end = this.string(from)
    if (end < 0 || this.escaping !== 'none') return -1
    const text = this.bytes.toString('latin1', from, end)
    if (!isBase64(text)) return -1
    this.length = base64Size(text)
    return end
  }
}
