import { Buffer } from 'node:buffer'
import { headLength, itemToBytes } from '../item-text.ts'
import { keyAttributes, type Table } from '../table.ts'
import type { AttributeValue, Item } from '../values/attribute-value.ts'

/**
 * An item as it stands in a request, checked and measured but not parsed: what nobody looks into goes from the socket to
 * the store as it is.
 */
export class SentItem {
  /** As `itemSize` counts. */
  readonly size: number
  readonly #bytes: Buffer
  readonly #from: number
  readonly #to: number
  readonly #isCanonical: boolean
  /** Of each attribute: where its name begins and ends, without quotes, and where its value does. */
  readonly #places: readonly number[]
  #item: Item | undefined

  constructor(
    bytes: Buffer,
    [from, to]: readonly [from: number, to: number],
    found: { readonly size: number; readonly isCanonical: boolean; readonly places: readonly number[] },
  ) {
    this.size = found.size
    this.#bytes = bytes
    this.#from = from
    this.#to = to
    this.#isCanonical = found.isCanonical
    this.#places = found.places
  }

  /** The whole item. */
  item(): Item {
    this.#item ??= JSON.parse(this.#bytes.toString('utf8', this.#from, this.#to)) as Item
    return this.#item
  }

  /** What it has of a table's key, and nothing else. */
  keyOf(table: Table): Item {
    const key: Record<string, AttributeValue> = {}
    for (const { name } of keyAttributes(table.key)) {
      const value = this.#attribute(name)
      if (value !== undefined) key[name] = value
    }
    return key
  }

  /** The row that `itemToBytes` makes of it. */
  row(): Buffer {
    if (!this.#isCanonical) return itemToBytes(this.item(), this.size)
    const row = Buffer.allocUnsafe(headLength + this.#to - this.#from)
    row.writeUInt32BE(this.size)
    this.#bytes.copy(row, headLength, this.#from, this.#to)
    return row
  }

  #attribute(name: string): AttributeValue | undefined {
    const places = this.#places
    for (let at = 0; at < places.length; at += 4) {
      const [start, end] = [places[at] as number, places[at + 1] as number]
      if (end - start < name.length || this.#bytes.toString('utf8', start, end) !== name) continue
      return this.value(places[at + 2] as number, places[at + 3] as number)
    }
    return undefined
  }

  private value(from: number, to: number): AttributeValue {
    const text = this.#bytes.toString('utf8', from, to)
    // `{"S":"…"}`, as most keys are.
    if (text.startsWith('{"S":"') && text.endsWith('"}') && !text.includes('\\'))
      return { S: text.slice(6, -2) }
    return JSON.parse(text) as AttributeValue
  }
}
