import { Buffer, isUtf8 } from 'node:buffer'
import { closesList, closesMap, colon, comma, opensList, opensMap, quote } from './characters.ts'
import { ItemScanner } from './item-scanner.ts'
import { SentItem } from './sent-item.ts'

/** A request's body without the items in it. */
export interface Lifted {
  /** In place of each item stands `{"3":{}}`, an item that cannot be, which says where in `items` it is found. */
  readonly rest: Buffer
  readonly items: readonly SentItem[]
}

/**
 * Takes all items out of a body that stand where `path` leads: names of members, `*` for any member, `[]` for every
 * element. Undefined where one of them, or the way to it, is not as usual.
 */
export function liftItems(body: Uint8Array, path: readonly string[]): Lifted | undefined {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  if (!isUtf8(bytes)) return undefined
  return new Lifter(bytes, path).lift()
}

class Lifter {
  readonly #scanner: ItemScanner
  readonly #bytes: Buffer
  readonly #path: readonly string[]
  readonly #items: SentItem[] = []
  #rest = ''
  /** Where what was not lifted begins. */
  #done = 0

  constructor(bytes: Buffer, path: readonly string[]) {
    this.#bytes = bytes
    this.#path = path
    this.#scanner = new ItemScanner(bytes)
  }

  lift(): Lifted | undefined {
    const from = this.#scanner.skipBlanks(0)
    if (this.walk(from, 0) < 0) return undefined
    this.#rest += this.#bytes.toString('latin1', this.#done)
    return { rest: Buffer.from(this.#rest, 'latin1'), items: this.#items }
  }

  private walk(from: number, step: number): number {
    const name = this.#path[step]
    if (name === undefined) return this.item(from)
    const bytes = this.#bytes
    const scanner = this.#scanner
    const isList = name === '[]'
    if (bytes[from] !== (isList ? opensList : opensMap)) return -1
    const closes = isList ? closesList : closesMap
    let at = scanner.skipBlanks(from + 1)
    if (bytes[at] === closes) return at + 1
    for (;;) {
      let leads = isList || name === '*'
      if (!isList) {
        if (bytes[at] !== quote) return -1
        const end = scanner.string(at + 1)
        if (end < 0 || scanner.escaping !== 'none') return -1
        leads ||= end - at - 1 === name.length && bytes.toString('latin1', at + 1, end) === name
        at = scanner.skipBlanks(end + 1)
        if (bytes[at] !== colon) return -1
        at = scanner.skipBlanks(at + 1)
      }
      at = leads ? this.walk(at, step + 1) : scanner.skipValue(at)
      if (at < 0) return -1
      at = scanner.skipBlanks(at)
      if (bytes[at] === closes) return at + 1
      if (bytes[at] !== comma) return -1
      at = scanner.skipBlanks(at + 1)
    }
  }

  private item(from: number): number {
    const to = this.#scanner.item(from)
    if (to < 0) return -1
    this.#rest += `${this.#bytes.toString('latin1', this.#done, from)}{"${this.#items.length}":{}}`
    this.#items.push(new SentItem(this.#bytes, [from, to], this.#scanner))
    this.#done = to
    return to
  }
}
