import { JavaCollection } from '../java/collection.ts'
import { JavaMap } from '../java/map.ts'
import { isNumber } from '../java/number.ts'
import { checkedLength } from '../java/text-limit.ts'
import { text, type Value } from '../java/value.ts'

/** `plain` is what `$input.json` gives; `json-smart` is how a JSONArray prints itself, with `\/`. */
export type JsonStyle = 'plain' | 'json-smart'

/** Writes a value as JSON. */
export function writeJson(value: Value, style: JsonStyle = 'plain'): string {
  if (value === null) return 'null'
  if (typeof value === 'string') return quote(value, style)
  if (typeof value !== 'object' || isNumber(value)) return text(value)
  if (style === 'plain' && isCompactable(value)) {
    const compact = value.compact()
    if (compact !== undefined) return compact
  }
  if (value instanceof JavaMap) {
    const parts = value.keys().map(key => `${quote(text(key), style)}:${writeJson(value.get(key), style)}`)
    return checkedLength(`{${parts.join(',')}}`)
  }
  if (value instanceof JavaCollection)
    return checkedLength(
      `[${value
        .items()
        .map(item => writeJson(item, style))
        .join(',')}]`,
    )
  return quote(text(value), style)
}

/** A value that knows its own JSON, as long as nobody has looked inside. */
interface Compactable {
  compact(): string | undefined
}

function isCompactable(value: object): value is Compactable {
  return 'compact' in value
}

const short: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
  '/': '\\/',
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what JSON escapes
const plainSpecial = /["\\\x00-\x1f]/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what JSON escapes
const smartSpecial = /["\\/\x00-\x1f]/g

function quote(value: string, style: JsonStyle): string {
  const special = style === 'plain' ? plainSpecial : smartSpecial
  const escaped = value.replace(special, character => {
    return short[character] ?? `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
  })
  return `"${escaped}"`
}
