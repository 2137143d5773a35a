import { Buffer } from 'node:buffer'
import { hash } from 'node:crypto'
import type { AttributeValue } from './attribute-value.ts'
import { parseDecimal } from './decimal.ts'
import { createShortMd5 } from './short-md5.ts'

const beginning = 'Outliers'
const prefix = Buffer.from(beginning)

/**
 * The hash by whose order DynamoDB is known to scan: MD5 over a constant and the partition key's bytes (found by
 * dynalite's author by comparing scans of real tables).
 */
export function partitionHash(value: AttributeValue): Buffer {
  if ('S' in value) {
    const bytes = Buffer.allocUnsafe(16)
    hashText(value.S, bytes, 0)
    return bytes
  }
  return hash('md5', Buffer.concat([prefix, hashedBytes(value)]), 'buffer')
}

/** Writes the hash of a partition key into a row's key: every read and write of an item does so. */
export function writePartitionHash(value: AttributeValue, into: Buffer, at: number): void {
  if ('S' in value) hashText(value.S, into, at)
  else partitionHash(value).copy(into, at)
}

const hashText = createShortMd5(beginning)

/** The same hash over the bytes of all key attributes, by which rows of an index that are equal otherwise are ordered. */
export function itemHash(values: readonly AttributeValue[]): Buffer {
  return hash('md5', Buffer.concat([prefix, ...values.map(hashedBytes)]), 'buffer')
}

function hashedBytes(value: AttributeValue): Buffer {
  if ('S' in value) return Buffer.from(value.S)
  if ('B' in value) return Buffer.from(value.B, 'base64')
  if ('N' in value) return hashedNumber(value.N)
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
