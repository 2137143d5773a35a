import { JavaMap } from '../java/map.ts'
import { JavaDouble } from '../java/number.ts'
import type { Value } from '../java/value.ts'
import { JsonArray } from './json-array.ts'
import { isWhole, numberOf, smallInteger } from './json-number.ts'
import { JsonScanner } from './json-scanner.ts'
import type { JsonText } from './json-text.ts'
import { readJsonString } from './read-json-string.ts'

/** The value of a whole text: objects and lists are taken apart, one level at a time, only where a template looks. */
export function lazyValue(text: JsonText): Value {
  return valueAt(text, text.tape, 0)
}

/** The value whose place in the tape is `at`. */
function valueAt(text: JsonText, tape: Int32Array, at: number): Value {
  const { source } = text
  const start = tape[at] as number
  switch (source.charCodeAt(start)) {
    case 0x7b:
      return new LazyMap(text, at)
    case 0x5b:
      return new LazyArray(text, at)
    case 0x22:
      return stringAt(text, start, tape[at + 1] as number)
    case 0x74:
      return true
    case 0x66:
      return false
    case 0x6e:
      return null
    default:
      return numberAt(text, start, tape[at + 1] as number)
  }
}

function stringAt({ source, scan }: JsonText, start: number, end: number): string {
  return scan.escaped ? readJsonString(source, start + 1, end - 1) : source.slice(start + 1, end - 1)
}

/** Where the scan found nothing to respell, numbers print as they are written. */
function numberAt({ source, scan }: JsonText, start: number, end: number): Value {
  const short = end - start < 10
  const small = short ? smallInteger(source, start, end) : undefined
  if (small !== undefined) return small
  const written = source.slice(start, end)
  // Short and no integer, it has a point.
  if (scan.respelled || (!short && isWhole(written))) return numberOf(written)
  return new JavaDouble(written)
}

/** The place in the tape behind the value at `at`. */
function behind(tape: Int32Array, at: number): number {
  const end = tape[at + 1] as number
  return end < 0 ? ~end + 1 : at + 2
}

/** What `$input.json` prints of a part of a text; undefined where it must be read to be printed. */
function compact(text: JsonText, at: number): string | undefined {
  const { source, scan, tape } = text
  const start = tape[at] as number
  if (!scan.spaced && !scan.respelled) return source.slice(start, tape[~(tape[at + 1] as number)])
  return new JsonScanner(source, start).compact()
}

/** `startsWith`, for names: they are short, and the call would cost more than they do. */
function standsAt(source: string, name: string, from: number): boolean {
  for (let at = 0; at < name.length; at++)
    if (source.charCodeAt(from + at) !== name.charCodeAt(at)) return false
  return true
}

/** An object in which more members than this stand before the one that is asked for is taken apart. */
const mostPassed = 24

/** An object that is still text. */
export class LazyMap extends JavaMap {
  readonly #text: JsonText
  readonly #at: number
  #cursor: number

  constructor(text: JsonText, at: number) {
    super(null)
    this.#text = text
    this.#at = at
    this.#cursor = at + 2
  }

  compact(): string | undefined {
    return this.isLoaded ? undefined : compact(this.#text, this.#at)
  }

  /** A scalar is found in the text; whatever could be changed needs the table. */
  override get(key: Value): Value {
    if (this.isLoaded || typeof key !== 'string' || this.#text.scan.respelled) return super.get(key)
    const { tape } = this.#text
    const end = ~(tape[this.#at + 1] as number)
    const first = this.#at + 2
    let at = this.#find(key, tape, this.#cursor, end)
    if (at === 0 && this.#cursor > first) at = this.#find(key, tape, first, this.#cursor)
    if (at === 0) return this.#text.scan.escaped ? super.get(key) : null
    if (at < 0 || (tape[at + 1] as number) < 0) return super.get(key)
    this.#cursor = at + 2
    return valueAt(this.#text, tape, at)
  }

  /**
   * The place of a member's value; 0 where there is none, -1 where the table knows better. Templates ask for members
   * mostly in their order, so the search goes on behind the last one found.
   */
  #find(name: string, tape: Int32Array, from: number, to: number): number {
    const { source, scan } = this.#text
    const length = name.length + 2
    let passed = 0
    for (let at = from; at < to; at = behind(tape, at + 2)) {
      const start = tape[at] as number
      if ((tape[at + 1] as number) - start === length && standsAt(source, name, start + 1))
        return scan.escaped && name.includes('\\') ? -1 : at + 2
      if (++passed > mostPassed) return -1
    }
    return 0
  }

  protected override load(): Map<Value, Value> {
    const table = new Map<Value, Value>()
    const { tape } = this.#text
    const end = ~(tape[this.#at + 1] as number)
    for (let at = this.#at + 2; at < end; at = behind(tape, at + 2))
      table.set(
        stringAt(this.#text, tape[at] as number, tape[at + 1] as number),
        valueAt(this.#text, tape, at + 2),
      )
    return table
  }
}

/** A list that is still text. */
export class LazyArray extends JsonArray {
  readonly #text: JsonText
  readonly #at: number

  constructor(text: JsonText, at: number) {
    super(null)
    this.#text = text
    this.#at = at
  }

  compact(): string | undefined {
    return this.isLoaded ? undefined : compact(this.#text, this.#at)
  }

  protected override load(): Value[] {
    const items: Value[] = []
    const { tape } = this.#text
    const end = ~(tape[this.#at + 1] as number)
    for (let at = this.#at + 2; at < end; at = behind(tape, at)) items.push(valueAt(this.#text, tape, at))
    return items
  }
}
