import { Buffer } from 'node:buffer'
import { WrittenJson } from '../../aws/index.ts'
import type { Bytes } from '../../stores/index.ts'
import type { Item } from './values/attribute-value.ts'
import { itemSize } from './values/item-size.ts'

/** The item's size in four bytes stands before its text, so that capacity and page limits need not parse it. */
export const headLength = 4

/** An item as it is kept: its size, then its JSON as on the wire, in UTF-8. */
export function itemToBytes(item: Item, size = itemSize(item)): Buffer {
  const text = JSON.stringify(item)
  const length = Buffer.byteLength(text)
  const bytes = Buffer.allocUnsafe(headLength + length)
  bytes.writeUInt32BE(size)
  bytes.write(text, headLength)
  return bytes
}

const bufferOf = (bytes: Bytes): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** Reads what `itemToBytes` wrote; members named `__proto__` stay members, for JSON.parse defines them. */
export function itemFromBytes(bytes: Bytes): Item {
  return JSON.parse(bufferOf(bytes).toString('utf8', headLength)) as Item
}

/** The size of a kept item. */
export const sizeFromBytes = (bytes: Bytes): number => bufferOf(bytes).readUInt32BE()

/** As `itemFromBytes`, of a row read as text: a character for each byte. */
export function itemFromText(row: string): Item {
  const text = row.slice(headLength)
  return JSON.parse(beyondAscii.test(text) ? Buffer.from(text, 'latin1').toString() : text) as Item
}

const beyondAscii = /[\x80-\xff]/

/** The size of a kept item, read as text. */
export const sizeFromText = (row: string): number =>
  ((row.charCodeAt(0) << 24) | (row.charCodeAt(1) << 16) | (row.charCodeAt(2) << 8) | row.charCodeAt(3)) >>> 0

/**
 * A row's item as the codec may write it, unread. It stands for an item in outputs only, and nobody but the codec looks
 * into those; hence the type.
 */
export const writtenItem = (row: string): Item => new WrittenJson(row.slice(headLength)) as unknown as Item
