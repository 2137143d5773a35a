import { Buffer } from 'node:buffer'
import type { AttributeValue, Item } from './attribute-value.ts'
import { parseDecimal } from './decimal.ts'

/** 400 KB. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html */
export const maximumItemSize = 400 * 1024

/**
 * An item's size in bytes as DynamoDB counts it: names and values in UTF-8, numbers at two digits a byte plus one,
 * three bytes for a list or map and one for each element.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export function itemSize(item: Item): number {
  let size = 0
  for (const name in item) {
    const value = item[name]
    if (value !== undefined) size += Buffer.byteLength(name) + valueSize(value)
  }
  return size
}

/** One value's share of `itemSize`. */
export function valueSize(value: AttributeValue): number {
  if ('S' in value) return Buffer.byteLength(value.S)
  if ('N' in value) return numberSize(value.N)
  if ('B' in value) return base64Size(value.B)
  if ('BOOL' in value || 'NULL' in value) return 1
  if ('SS' in value) return value.SS.reduce((size, member) => size + Buffer.byteLength(member), 0)
  if ('NS' in value) return value.NS.reduce((size, member) => size + numberSize(member), 0)
  if ('BS' in value) return value.BS.reduce((size, member) => size + base64Size(member), 0)
  if ('L' in value) return value.L.reduce((size, element) => size + 1 + valueSize(element), 3)
  let size = 3
  for (const name in value.M) {
    const element = value.M[name]
    if (element !== undefined) size += Buffer.byteLength(name) + 1 + valueSize(element)
  }
  return size
}

/** Two digits a byte, plus one byte, one more for a minus; pairs are aligned at the decimal point (measured by dynalite). */
function numberSize(text: string): number {
  const simple = integerSize(text)
  if (simple !== undefined) return simple
  const decimal = parseDecimal(text)
  if (decimal === undefined || decimal.digits === '') return 1
  const { digits, exponent, negative } = decimal
  const aligned = digits.length % 2 === 1 || exponent % 2 === 0
  return 1 + Math.ceil(digits.length / 2) + (aligned ? 0 : 1) + (negative ? 1 : 0)
}

/** Bytes that so much base64 stands for. */
export function base64Size(text: string): number {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  return (text.length / 4) * 3 - padding
}

/** The same for plain integers, which most numbers are; undefined for all others. */
function integerSize(text: string): number | undefined {
  const first = text.charCodeAt(0) === 45 ? 1 : 0
  const { length } = text
  let zeros = 0
  for (let at = first; at < length; at++) {
    const code = text.charCodeAt(at)
    if (code < 48 || code > 57) return undefined
    zeros = code === 48 ? zeros + 1 : 0
  }
  const exponent = length - first
  if (exponent === 0 || text.charCodeAt(first) === 48) return undefined
  const digits = exponent - zeros
  const aligned = digits % 2 === 1 || exponent % 2 === 0
  return 1 + Math.ceil(digits / 2) + (aligned ? 0 : 1) + first
}
