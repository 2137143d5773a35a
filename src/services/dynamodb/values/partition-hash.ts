import { Buffer } from 'node:buffer'
import type { AttributeValue } from './attribute-value.ts'
import { parseDecimal } from './decimal.ts'
import { keyText } from './key-text.ts'
import { createShortMd5 } from './short-md5.ts'

/**
 * The hash by whose order DynamoDB is known to scan: MD5 over a constant and the partition key's bytes (found by
 * dynalite's author by comparing scans of real tables). A character for each byte, as are all parts of keys.
 */
export const partitionHash = (value: AttributeValue): string => hashText(hashedText(value))

const hashText = createShortMd5('Outliers')

/** The same hash over the bytes of all key attributes, by which rows of an index that are equal otherwise are ordered. */
export const itemHash = (values: readonly AttributeValue[]): string =>
  hashText(values.map(hashedText).join(''))

function hashedText(value: AttributeValue): string {
  if ('S' in value || 'B' in value) return keyText(value)
  if ('N' in value) return hashedNumber(value.N).toString('latin1')
  throw new Error('only S, N and B can be keys')
}

/** A number as DynamoDB hashes it: a base-100 exponent, then two digits a byte; negative ones inverted and ended by 102. */
function hashedNumber(text: string): Buffer {
  const decimal = parseDecimal(text)
  if (decimal === undefined) throw new Error(`"${text}" got past validation as a number`)
  const { negative, digits, exponent } = decimal
  if (digits === '') return Buffer.of(0x80)
  const odd = Math.abs(exponent % 2)
  const padded = (odd === 1 ? '0' : '') + digits
  const pairs = (padded.length % 2 === 1 ? `${padded}0` : padded).match(/../g) ?? []
  const base = (exponent + odd) / 2 - 64
  const bytes = pairs.map(pair => (negative ? 101 - Number(pair) : Number(pair) + 1))
  const head = (negative ? ~base : base) & 0xff
  return Buffer.from([head, ...bytes, ...(negative && bytes.length < 20 ? [102] : [])])
}
