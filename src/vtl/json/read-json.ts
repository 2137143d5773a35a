import { JavaMap } from '../java/map.ts'
import { JavaException, type Value } from '../java/value.ts'
import { JsonArray } from './json-array.ts'
import { numberOf } from './json-number.ts'

/** Reads JSON into Java's values; numbers keep their precision. */
export function readJson(
  source: string,
  newList: (items: Value[]) => Value = items => new JsonArray(items),
): Value {
  return new JsonReader(source, newList).document()
}

class JsonReader {
  readonly source: string
  readonly #newList: (items: Value[]) => Value
  #at = 0

  constructor(source: string, newList: (items: Value[]) => Value) {
    this.source = source
    this.#newList = newList
  }

  document(): Value {
    const value = this.#value()
    this.#blanks()
    if (this.#at !== this.source.length) throw this.#fault()
    return value
  }

  #value(): Value {
    this.#blanks()
    switch (this.source[this.#at]) {
      case '{':
        return this.#object()
      case '[':
        return this.#array()
      case '"':
        return this.#string()
      case 't':
        return this.#word('true', true)
      case 'f':
        return this.#word('false', false)
      case 'n':
        return this.#word('null', null)
      default:
        return this.#number()
    }
  }

  #object(): Value {
    const table = new Map<Value, Value>()
    this.#at++
    this.#blanks()
    if (this.source[this.#at] === '}') {
      this.#at++
      return new JavaMap(table)
    }
    for (;;) {
      this.#blanks()
      if (this.source[this.#at] !== '"') throw this.#fault()
      const key = this.#string()
      this.#blanks()
      if (this.source[this.#at++] !== ':') throw this.#fault()
      table.set(key, this.#value())
      this.#blanks()
      const end = this.source[this.#at++]
      if (end === '}') return new JavaMap(table)
      if (end !== ',') throw this.#fault()
    }
  }

  #array(): Value {
    const items: Value[] = []
    this.#at++
    this.#blanks()
    if (this.source[this.#at] === ']') {
      this.#at++
      return this.#newList(items)
    }
    for (;;) {
      items.push(this.#value())
      this.#blanks()
      const end = this.source[this.#at++]
      if (end === ']') return this.#newList(items)
      if (end !== ',') throw this.#fault()
    }
  }

  #string(): string {
    const start = ++this.#at
    for (;;) {
      const quote = this.source.indexOf('"', this.#at)
      if (quote === -1) throw this.#fault()
      const slash = this.source.slice(start, quote).indexOf('\\')
      if (slash === -1) {
        this.#at = quote + 1
        return this.source.slice(start, quote)
      }
      return this.#escaped(start)
    }
  }

  #escaped(start: number): string {
    let result = ''
    let at = start
    for (;;) {
      const character = this.source[at]
      if (character === undefined) throw this.#fault()
      at++
      if (character === '"') break
      if (character !== '\\') {
        result += character
        continue
      }
      const kind = this.source[at++] ?? ''
      if (kind === 'u') {
        const digits = this.source.slice(at, at + 4)
        if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw this.#fault()
        result += String.fromCharCode(Number.parseInt(digits, 16))
        at += 4
      } else result += escapes[kind] ?? kind
    }
    this.#at = at
    return result
  }

  #word<Word extends Value>(text: string, value: Word): Word {
    if (!this.source.startsWith(text, this.#at)) throw this.#fault()
    this.#at += text.length
    return value
  }

  #number(): Value {
    numeral.lastIndex = this.#at
    const match = numeral.exec(this.source)
    if (match === null) throw this.#fault()
    this.#at = numeral.lastIndex
    return numberOf(match[0])
  }

  #blanks(): void {
    while (this.source.charCodeAt(this.#at) <= 32) this.#at++
  }

  #fault(): JavaException {
    return new JavaException('java.lang.RuntimeException', `no JSON at ${this.#at}`)
  }
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' }
const numeral = /-?[0-9]+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]+)?/y
