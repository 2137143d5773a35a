import { JavaMap } from '../java/map.ts'
import { JavaException, type Value } from '../java/value.ts'
import { JsonArray } from './json-array.ts'
import { numberOf } from './json-number.ts'
import { JsonScanner } from './json-scanner.ts'
import { readJsonString } from './read-json-string.ts'

/** Reads JSON so that objects and lists are taken apart, one level at a time, only where a template looks into them. */
export function readJsonLazily(source: string): Value {
  const scanner = new JsonScanner(source)
  if (!scanner.isDocument()) throw new JavaException('java.lang.RuntimeException', 'no JSON')
  scanner.at = 0
  return valueAt(source, scanner)
}

/** The value that begins where the scanner stands, in a source that is known to be JSON. */
function valueAt(source: string, scanner: JsonScanner): Value {
  scanner.blanks()
  const start = scanner.at
  const first = source[start]
  scanner.value()
  switch (first) {
    case '{':
      return new LazyMap(source, start, scanner.at)
    case '[':
      return new LazyArray(source, start, scanner.at)
    case '"':
      return readJsonString(source, start + 1, scanner.at - 1)
    case 't':
      return true
    case 'f':
      return false
    case 'n':
      return null
    default:
      return numberOf(source.slice(start, scanner.at))
  }
}

/** The part of a source that an object or a list is; while nobody has looked inside, it prints from there. */
interface Untouched {
  readonly source: string
  readonly start: number
  readonly end: number
}

/** An object that is still text. */
export class LazyMap extends JavaMap {
  readonly #text: Untouched

  constructor(source: string, start: number, end: number) {
    super(null)
    this.#text = { source, start, end }
  }

  /** What `$input.json` prints, if it can be told without looking inside. */
  compact(): string | undefined {
    return this.isLoaded ? undefined : new JsonScanner(this.#text.source, this.#text.start).compact()
  }

  protected override load(): Map<Value, Value> {
    const { source, start, end } = this.#text
    const table = new Map<Value, Value>()
    const scanner = new JsonScanner(source, start + 1)
    for (;;) {
      scanner.blanks()
      if (scanner.at >= end - 1) return table
      const name = scanner.at
      scanner.string()
      const key = readJsonString(source, name + 1, scanner.at - 1)
      scanner.blanks()
      scanner.at++
      table.set(key, valueAt(source, scanner))
      scanner.blanks()
      scanner.at++
    }
  }
}

/** A list that is still text. */
export class LazyArray extends JsonArray {
  readonly #text: Untouched

  constructor(source: string, start: number, end: number) {
    super(null)
    this.#text = { source, start, end }
  }

  /** What `$input.json` prints, if it can be told without looking inside. */
  compact(): string | undefined {
    return this.isLoaded ? undefined : new JsonScanner(this.#text.source, this.#text.start).compact()
  }

  protected override load(): Value[] {
    const { source, start, end } = this.#text
    const items: Value[] = []
    const scanner = new JsonScanner(source, start + 1)
    for (;;) {
      scanner.blanks()
      if (scanner.at >= end - 1) return items
      items.push(valueAt(source, scanner))
      scanner.blanks()
      scanner.at++
    }
  }
}
