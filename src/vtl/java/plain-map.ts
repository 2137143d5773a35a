import type { PlainValue } from '../template.ts'
import { fromPlain } from './from-plain.ts'
import { JavaMap } from './map.ts'
import type { Value } from './value.ts'

/** A map of plain values that become Java's only when a template looks at them. */
export class PlainMap extends JavaMap {
  readonly #plain: Readonly<Record<string, PlainValue>>

  constructor(plain: Readonly<Record<string, PlainValue>>) {
    super(null)
    this.#plain = plain
  }

  override get(key: Value): Value {
    if (this.isLoaded || typeof key !== 'string') return super.get(key)
    const value = Object.hasOwn(this.#plain, key) ? (this.#plain[key] ?? null) : null
    // What a template could change must stay the same object.
    return typeof value === 'object' ? super.get(key) : fromPlain(value)
  }

  protected override load(): Map<Value, Value> {
    const table = new Map<Value, Value>()
    for (const key of Object.keys(this.#plain)) table.set(key, fromPlain(this.#plain[key] ?? null))
    return table
  }
}
