import { JavaMap } from '../java/map.ts'
import { JavaDouble } from '../java/number.ts'
import { JavaException, type Value } from '../java/value.ts'
import { JsonArray } from './json-array.ts'
import { numberOf } from './json-number.ts'

/**
 * Reads what json-smart's permissive mode reads, which is how API Gateway accepts `{statusCode: 200}`: names and texts
 * without quotes or in single ones, superfluous commas, leading zeros, and anything behind the value.
 */
export function readLenientJson(source: string): Value {
  const value = new LenientReader(source).value('')
  if (value === undefined) throw noJson(0)
  return value
}

function noJson(at: number): JavaException {
  return new JavaException('net.minidev.json.parser.ParseException', `no JSON at ${at}`)
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  '"': '"',
  "'": "'",
  '\\': '\\',
  '/': '/',
}

class LenientReader {
  readonly #source: string
  #at = 0

  constructor(source: string) {
    this.#source = source
  }

  /** The next value; undefined where one of `stops` stands instead. */
  value(stops: string): Value | undefined {
    this.#blanks()
    const character = this.#source[this.#at]
    switch (character) {
      case undefined:
        if (stops !== '') throw noJson(this.#at)
        return undefined
      case '{':
        return this.#object()
      case '[':
        return this.#array()
      case '"':
      case "'":
        return this.#quoted(character)
      case ':':
      case '}':
      case ']':
        if (stops.includes(character)) return undefined
        throw noJson(this.#at)
      default:
        return stops.includes(character) ? undefined : meant(this.#bare(stops))
    }
  }

  #object(): JavaMap {
    const map = new JavaMap()
    this.#at++
    for (;;) {
      this.#blanks()
      const character = this.#source[this.#at]
      if (character === ',') {
        this.#at++
        continue
      }
      if (character === '}') {
        this.#at++
        return map
      }
      const key = character === '"' || character === "'" ? this.#quoted(character) : this.#bare(':')
      this.#blanks()
      if (this.#source[this.#at++] !== ':') throw noJson(this.#at)
      const value = this.value(',}')
      if (value === undefined) throw noJson(this.#at)
      map.put(key, value)
      this.#blanks()
      if (this.#source[this.#at] !== ',' && this.#source[this.#at] !== '}') throw noJson(this.#at)
    }
  }

  #array(): JsonArray {
    const items: Value[] = []
    this.#at++
    for (;;) {
      const value = this.value(',]')
      if (value !== undefined) items.push(value)
      else if (this.#source[this.#at++] === ']') return new JsonArray(items)
    }
  }

  #quoted(quote: string): string {
    let text = ''
    this.#at++
    for (;;) {
      const character = this.#source[this.#at++]
      if (character === undefined) throw noJson(this.#at)
      if (character === quote) return text
      if (character !== '\\') {
        text += character
        continue
      }
      const kind = this.#source[this.#at++] ?? ''
      if (kind === 'u' || kind === 'x') text += this.#coded(kind === 'u' ? 4 : 2)
      else text += escapes[kind] ?? ''
    }
  }

  #coded(length: number): string {
    const digits = this.#source.slice(this.#at, this.#at + length)
    if (digits.length < length || !/^[0-9a-fA-F]+$/.test(digits)) throw noJson(this.#at)
    this.#at += length
    return String.fromCharCode(Number.parseInt(digits, 16))
  }

  /** Text without quotes, up to one of `stops`. */
  #bare(stops: string): string {
    const start = this.#at
    for (; this.#at < this.#source.length; this.#at++)
      if (stops.includes(this.#source[this.#at] ?? '')) return this.#source.slice(start, this.#at).trimEnd()
    if (stops !== '') throw noJson(this.#at)
    return this.#source.slice(start).trimEnd()
  }

  #blanks(): void {
    while (this.#source.charCodeAt(this.#at) <= 32) this.#at++
  }
}

/** What bare text means: a word of JSON, a number, or itself. */
function meant(text: string): Value {
  switch (text) {
    case 'true':
      return true
    case 'false':
      return false
    case 'null':
      return null
    case 'NaN':
      return new JavaDouble(Number.NaN)
    case '-':
      return 0
  }
  return /^-?(?:[0-9]+\.?[0-9]*|(?<=-)\.[0-9]+)(?:[eE][-+]?[0-9]+)?$/.test(text) ? numberOf(text) : text
}
