import { Buffer } from 'node:buffer'
import { headLength } from './item-text.ts'
import type { AttributeValue, Item } from './values/attribute-value.ts'
import { utf8Text } from './values/utf8-text.ts'

/**
 * Some attributes of an item as it is kept, without parsing the others: a page's last key is asked for by every Query
 * with a limit, and keys mostly stand in front.
 */
export function keptAttributes(row: string, names: readonly string[]): Item {
  const written = new Map<string, string>()
  for (const name of names) written.set(utf8Text(JSON.stringify(name)), name)
  const found: Record<string, AttributeValue> = Object.create(null)
  let missing = written.size
  // Kept by JSON.stringify, so without blanks: `"name":{"S":"text"},…`.
  for (let at = headLength + 1; missing > 0 && row[at] === '"'; ) {
    const colon = afterString(row, at)
    const end = afterObject(row, colon + 1)
    const name = written.get(row.slice(at, colon))
    if (name !== undefined) {
      found[name] = keptValue(row.slice(colon + 1, end))
      missing--
    }
    at = end + 1
  }
  return found
}

/** `{"S":"…"}` in plain ASCII, as most keys are. */
const plainString = /^\{"S":"[\x20\x21\x23-\x5b\x5d-\x7e]*"\}$/

/** A value from its text, a character for each byte. */
const keptValue = (text: string): AttributeValue =>
  plainString.test(text)
    ? { S: text.slice(6, -2) }
    : (JSON.parse(Buffer.from(text, 'latin1').toString()) as AttributeValue)

/** The position behind the string that begins at `from`. */
function afterString(text: string, from: number): number {
  for (let at = from + 1; ; at++) {
    at = text.indexOf('"', at)
    let backslashes = 0
    while (text[at - 1 - backslashes] === '\\') backslashes++
    if (backslashes % 2 === 0) return at + 1
  }
}

/** The position behind the object that begins at `from`. */
function afterObject(text: string, from: number): number {
  let depth = 0
  for (let at = from; ; ) {
    const char = text.charCodeAt(at)
    if (char === 0x22) at = afterString(text, at)
    else {
      at++
      if (char === 0x7b) depth++
      else if (char === 0x7d && --depth === 0) return at
    }
  }
}
