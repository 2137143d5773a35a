import { JavaMap } from '../java/map.ts'
import { JavaDouble } from '../java/number.ts'
import type { Value } from '../java/value.ts'
import { JsonArray } from './json-array.ts'
import { isWhole, numberOf, smallInteger } from './json-number.ts'
import { JsonScanner } from './json-scanner.ts'
import { readJsonString } from './read-json-string.ts'
import type { JsonScan } from './scan-json.ts'
import {
  behindMember,
  endOfContainer,
  endOfScalar,
  endOfString,
  memberNamed,
  skipBlanks,
} from './walk-json.ts'

/** A text that is known to be JSON, and what the scan of it found out. */
interface JsonText {
  readonly source: string
  readonly scan: JsonScan
}

/** Objects and lists are taken apart, one level at a time, only where a template looks into them. */
export function lazyValue(source: string, scan: JsonScan): Value {
  return new JsonWalker({ source, scan }, skipBlanks(source, 0)).value()
}

/** Passes values one after the other. */
class JsonWalker {
  readonly #text: JsonText
  at: number

  constructor(text: JsonText, at: number) {
    this.#text = text
    this.at = at
  }

  value(): Value {
    const { source, scan } = this.#text
    const start = this.at
    switch (source.charCodeAt(start)) {
      case 0x7b:
        this.at = scan.ends?.get(start) ?? endOfContainer(source, start)
        return new LazyMap(this.#text, start, this.at)
      case 0x5b:
        this.at = scan.ends?.get(start) ?? endOfContainer(source, start)
        return new LazyArray(this.#text, start, this.at)
      case 0x22:
        return this.string()
      case 0x74:
        this.at += 4
        return true
      case 0x66:
        this.at += 5
        return false
      case 0x6e:
        this.at += 4
        return null
      default:
        this.at = endOfScalar(source, start)
        return this.#number(start, this.at)
    }
  }

  /** Where the scan found nothing to respell, numbers print as they are written. */
  #number(start: number, end: number): Value {
    const { source, scan } = this.#text
    const small = end - start < 10 ? smallInteger(source, start, end) : undefined
    if (small !== undefined) return small
    const written = source.slice(start, end)
    if (scan.respelled || isWhole(written)) return numberOf(written)
    return new JavaDouble(written)
  }

  string(): string {
    const { source } = this.#text
    const start = this.at + 1
    this.at = endOfString(source, this.at)
    return readJsonString(source, start, this.at - 1)
  }

  /** Goes on to the next thing that is no blank. */
  blanks(): void {
    if (this.#text.scan.spaced) this.at = skipBlanks(this.#text.source, this.at)
  }
}

/** What `$input.json` prints of a part of a text; undefined where it must be read to be printed. */
function compact({ source, scan }: JsonText, start: number, end: number): string | undefined {
  if (!scan.spaced && !scan.respelled) return source.slice(start, end)
  return new JsonScanner(source, start).compact()
}

/** Longer objects are taken apart at the first look. */
const shortObject = 512

/** An object that is still text. */
export class LazyMap extends JavaMap {
  readonly #text: JsonText
  readonly #start: number
  readonly #end: number
  #cursor: number

  constructor(text: JsonText, start: number, end: number) {
    super(null)
    this.#text = text
    this.#start = start
    this.#end = end
    this.#cursor = start + 1
  }

  compact(): string | undefined {
    return this.isLoaded ? undefined : compact(this.#text, this.#start, this.#end)
  }

  /** A scalar of a short object is found in the text; whatever could be changed needs the table. */
  override get(key: Value): Value {
    if (
      this.isLoaded ||
      typeof key !== 'string' ||
      this.#text.scan.respelled ||
      this.#text.scan.escaped ||
      this.#end - this.#start > shortObject
    )
      return super.get(key)
    const at = this.#find(key)
    if (at < 0) return null
    const unit = this.#text.source.charCodeAt(at)
    return unit === 0x7b || unit === 0x5b ? super.get(key) : new JsonWalker(this.#text, at).value()
  }

  /** Templates ask for members mostly in their order, so the search goes on behind the last one found. */
  #find(name: string): number {
    const { source, scan } = this.#text
    const inside = this.#start + 1
    let at = memberNamed(source, this.#cursor, name, scan.spaced)
    if (at < 0 && this.#cursor > inside) at = memberNamed(source, inside, name, scan.spaced)
    if (at >= 0) this.#cursor = behindMember(source, at, scan.spaced)
    return at
  }

  protected override load(): Map<Value, Value> {
    const table = new Map<Value, Value>()
    const walker = new JsonWalker(this.#text, this.#start + 1)
    for (;;) {
      walker.blanks()
      if (walker.at >= this.#end - 1) return table
      const key = walker.string()
      walker.blanks()
      walker.at++
      walker.blanks()
      table.set(key, walker.value())
      walker.blanks()
      walker.at++
    }
  }
}

/** A list that is still text. */
export class LazyArray extends JsonArray {
  readonly #text: JsonText
  readonly #start: number
  readonly #end: number

  constructor(text: JsonText, start: number, end: number) {
    super(null)
    this.#text = text
    this.#start = start
    this.#end = end
  }

  compact(): string | undefined {
    return this.isLoaded ? undefined : compact(this.#text, this.#start, this.#end)
  }

  protected override load(): Value[] {
    const items: Value[] = []
    const walker = new JsonWalker(this.#text, this.#start + 1)
    for (;;) {
      walker.blanks()
      if (walker.at >= this.#end - 1) return items
      items.push(walker.value())
      walker.blanks()
      walker.at++
    }
  }
}
