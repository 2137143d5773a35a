import { Buffer } from 'node:buffer'
import { type AttributeValue, contentOf, typeOf } from './attribute-value.ts'
import { compareNumbers, normalizeNumber } from './decimal.ts'

/** Whether two values are equal as `=` means it: same type, numbers by value, sets without order, documents deeply. */
export function valuesEqual(a: AttributeValue, b: AttributeValue): boolean {
  const type = typeOf(a)
  if (type !== typeOf(b)) return false
  if ('N' in a && 'N' in b) return a.N === b.N || normalizeNumber(a.N) === normalizeNumber(b.N)
  if ('L' in a && 'L' in b)
    return a.L.length === b.L.length && a.L.every((value, index) => equalToPossible(value, b.L[index]))
  if ('M' in a && 'M' in b) return mapsEqual(a.M, b.M)
  if (type === 'SS' || type === 'NS' || type === 'BS') return setsEqual(a, b)
  return contentOf(a) === contentOf(b)
}

function equalToPossible(a: AttributeValue, b: AttributeValue | undefined): boolean {
  return b !== undefined && valuesEqual(a, b)
}

function mapsEqual(
  a: Readonly<Record<string, AttributeValue>>,
  b: Readonly<Record<string, AttributeValue>>,
): boolean {
  const names = Object.keys(a)
  return (
    names.length === Object.keys(b).length &&
    names.every(name => {
      const value = a[name]
      return value !== undefined && Object.hasOwn(b, name) && equalToPossible(value, b[name])
    })
  )
}

function setsEqual(a: AttributeValue, b: AttributeValue): boolean {
  const [x, y] = [setMembers(a), setMembers(b)]
  if (x.length !== y.length) return false
  const members = new Set(y)
  return x.every(member => members.has(member))
}

/** A set's members in canonical form (numbers by value); an empty list for anything that is no set. */
export function setMembers(value: AttributeValue): readonly string[] {
  if ('SS' in value) return value.SS
  if ('BS' in value) return value.BS
  return 'NS' in value ? value.NS.map(normalizeNumber) : []
}

/** Orders two strings, numbers or binaries; undefined where DynamoDB has no order (other or different types). */
export function compareValues(a: AttributeValue, b: AttributeValue): number | undefined {
  if ('S' in a && 'S' in b) return compareUtf8(a.S, b.S)
  if ('N' in a && 'N' in b) return compareNumbers(a.N, b.N)
  if ('B' in a && 'B' in b) return Buffer.compare(Buffer.from(a.B, 'base64'), Buffer.from(b.B, 'base64'))
  return undefined
}

const surrogate = /[\ud800-\udfff]/

/** JavaScript orders by UTF-16 units, which differs from UTF-8 only where surrogates take part. */
export function compareUtf8(a: string, b: string): number {
  if (surrogate.test(a) || surrogate.test(b)) return Buffer.compare(Buffer.from(a), Buffer.from(b))
  return a < b ? -1 : a > b ? 1 : 0
}
