import { Buffer } from 'node:buffer'
import type { Bytes } from '../../stores/index.ts'
import type { Item } from './values/attribute-value.ts'

/** An item as it is kept: its JSON on the wire, in UTF-8. */
export function itemToBytes(item: Item): Buffer {
  return Buffer.from(JSON.stringify(item))
}

/** Reads what `itemToBytes` wrote; members named `__proto__` stay members, for JSON.parse defines them. */
export function itemFromBytes(bytes: Bytes): Item {
  return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString()) as Item
}
