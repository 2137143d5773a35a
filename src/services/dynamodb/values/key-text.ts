import { Buffer } from 'node:buffer'
import type { AttributeValue } from './attribute-value.ts'
import { parseDecimal } from './decimal.ts'
import { utf8Text } from './utf8-text.ts'

/**
 * A key attribute's value as bytes whose unsigned order is DynamoDB's sort order: strings by UTF-8, binary by unsigned
 * byte, numbers by value. One type per attribute, so the type itself is not written. A character stands for each byte.
 */
export function keyText(value: AttributeValue): string {
  if ('S' in value) return utf8Text(value.S)
  if ('B' in value) return Buffer.from(value.B, 'base64').toString('latin1')
  if ('N' in value) return numberBytes(value.N).toString('latin1')
  throw new Error('only S, N and B can be keys')
}

/**
 * Sign, exponent, then two digits a byte. Negative numbers are written inverted and end in 0xff, positive ones end in
 * 0x00, so that neither a shorter number nor anything that follows it disturbs the order.
 */
function numberBytes(text: string): Buffer {
  const decimal = parseDecimal(text)
  if (decimal === undefined) throw new Error(`"${text}" got past validation as a number`)
  const { negative, digits, exponent } = decimal
  if (digits === '') return Buffer.from([1])
  const pairs = Math.ceil(digits.length / 2)
  const bytes = Buffer.alloc(3 + pairs)
  bytes[0] = negative ? 0 : 2
  bytes[1] = negative ? 126 - exponent : exponent + 129
  for (let index = 0; index < pairs; index++) {
    const pair = Number(digits.slice(index * 2, index * 2 + 2).padEnd(2, '0'))
    bytes[2 + index] = negative ? 200 - pair : pair + 1
  }
  bytes[2 + pairs] = negative ? 0xff : 0
  return bytes
}
