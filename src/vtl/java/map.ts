import { JavaCollection, JavaIterator } from './collection.ts'
import { checkedLength } from './text-limit.ts'
import { equal, hash, JavaException, JavaObject, text, type Value, Work } from './value.ts'

/** `java.util.LinkedHashMap`: keeps the order in which keys came. */
export class JavaMap extends JavaObject {
  get className(): string {
    return 'java.util.LinkedHashMap'
  }
  // Absent until they are needed: a field that the constructors of all kinds of maps define costs more than all else
  // when many are made.
  declare private loaded: Map<Value, Value> | undefined
  declare private changed: number | undefined

  /** With null the map is filled by `load` when somebody looks. */
  constructor(table: Map<Value, Value> | null = new Map()) {
    super()
    if (table !== null) this.loaded = table
  }

  /** Counts changes, because Java refuses to go on iterating after one. */
  get changes(): number {
    return this.changed ?? 0
  }

  protected get table(): Map<Value, Value> {
    this.loaded ??= this.load()
    return this.loaded
  }

  /** Whether somebody has looked. */
  protected get isLoaded(): boolean {
    return this.loaded !== undefined
  }

  protected load(): Map<Value, Value> {
    return new Map()
  }

  size(): number {
    return this.table.size
  }

  get(key: Value): Value {
    return this.table.get(typeof key === 'object' ? this.#stored(key) : key) ?? null
  }

  has(key: Value): boolean {
    return this.table.has(typeof key === 'object' ? this.#stored(key) : key)
  }

  put(key: Value, value: Value): Value {
    const stored = typeof key === 'object' ? this.#stored(key) : key
    const old = this.table.get(stored)
    if (old === undefined) this.changed = this.changes + 1
    this.table.set(stored, value)
    return old ?? null
  }

  remove(key: Value): Value {
    const stored = typeof key === 'object' ? this.#stored(key) : key
    const old = this.table.get(stored)
    if (old === undefined) return null
    this.changed = this.changes + 1
    this.table.delete(stored)
    return old
  }

  clear(): void {
    this.changed = this.changes + 1
    this.table.clear()
  }

  /** Its keys in the order in which it iterates. */
  keys(): readonly Value[] {
    return [...this.table.keys()]
  }

  print(): string {
    const parts: string[] = []
    for (const key of this.keys()) {
      const value = this.get(key)
      parts.push(`${this.#printed(key)}=${this.#printed(value)}`)
    }
    return checkedLength(`{${parts.join(', ')}}`)
  }

  override equals(other: Value, work = new Work()): boolean {
    if (this === other) return true
    if (!(other instanceof JavaMap) || other.size() !== this.size()) return false
    return this.keys().every(key => {
      work.spend()
      return other.has(key) && equal(this.get(key), other.get(key), work)
    })
  }

  override hashCode(work = new Work()): number {
    return this.keys().reduce<number>((sum, key) => {
      work.spend()
      return (sum + (hash(key, work) ^ hash(this.get(key), work))) | 0
    }, 0)
  }

  #printed(value: Value): string {
    return value === this ? '(this Map)' : text(value)
  }

  /** An object that is a key is found by `equals`, not by identity. */
  #stored(key: JavaObject | null): Value {
    if (key === null || this.table.has(key)) return key
    for (const candidate of this.table.keys())
      if (typeof candidate === 'object' && equal(key, candidate)) return candidate
    return key
  }
}

/** `Map.Entry`: its value is the map's. */
export class JavaEntry extends JavaObject {
  get className(): string {
    return 'java.util.LinkedHashMap$Entry'
  }
  readonly key: Value
  readonly #map: JavaMap

  constructor(map: JavaMap, key: Value) {
    super()
    this.#map = map
    this.key = key
  }

  get value(): Value {
    return this.#map.get(this.key)
  }

  setValue(value: Value): Value {
    return this.#map.put(this.key, value)
  }

  print(): string {
    return `${text(this.key)}=${text(this.value)}`
  }

  override equals(other: Value): boolean {
    return other instanceof JavaEntry && equal(this.key, other.key) && equal(this.value, other.value)
  }

  override hashCode(): number {
    return hash(this.key) ^ hash(this.value)
  }
}

/** `keySet()`, `values()` and `entrySet()`: they show what the map holds now. */
export class JavaMapView extends JavaCollection {
  readonly className: string
  readonly kind: 'keys' | 'values' | 'entries'
  readonly map: JavaMap

  constructor(map: JavaMap, kind: 'keys' | 'values' | 'entries') {
    super()
    this.map = map
    this.kind = kind
    const views = { keys: 'KeySet', values: 'Values', entries: 'EntrySet' }
    this.className =
      map.className === 'java.util.LinkedHashMap'
        ? `java.util.LinkedHashMap$Linked${views[kind]}`
        : `java.util.HashMap$${views[kind]}`
  }

  size(): number {
    return this.map.size()
  }

  items(): readonly Value[] {
    return this.map.keys().map(key => this.#item(key))
  }

  override contains(value: Value): boolean {
    return this.kind === 'keys' ? this.map.has(value) : super.contains(value)
  }

  /** Removes the first key whose item satisfies `matches`; says whether there was one. */
  removeFirst(matches: (item: Value) => boolean): boolean {
    const key = this.map.keys().find(candidate => matches(this.#item(candidate)))
    if (key === undefined) return false
    this.map.remove(key)
    return true
  }

  iterator(): JavaIterator {
    const keys = this.map.keys()
    let cursor = 0
    let expected = this.map.changes
    let removable = false
    const check = (): void => {
      if (this.map.changes !== expected)
        throw new JavaException('java.util.ConcurrentModificationException', '')
    }
    const names = { keys: 'Key', values: 'Value', entries: 'Entry' }
    return new JavaIterator(
      `java.util.LinkedHashMap$Linked${names[this.kind]}Iterator`,
      () => cursor < keys.length,
      () => {
        check()
        const key = keys[cursor]
        if (key === undefined) throw new JavaException('java.util.NoSuchElementException', '')
        cursor++
        removable = true
        return this.#item(key)
      },
      () => {
        if (!removable) throw new JavaException('java.lang.IllegalStateException', '')
        check()
        this.map.remove(keys[cursor - 1] ?? null)
        expected = this.map.changes
        removable = false
      },
    )
  }

  override equals(other: Value): boolean {
    if (this === other) return true
    if (this.kind === 'values' || !(other instanceof JavaMapView) || other.kind === 'values') return false
    return other.size() === this.size() && other.items().every(item => this.contains(item))
  }

  override hashCode(): number {
    if (this.kind === 'values') return super.hashCode()
    return this.items().reduce<number>((sum, item) => (sum + hash(item)) | 0, 0)
  }

  #item(key: Value): Value {
    if (this.kind === 'keys') return key
    return this.kind === 'values' ? this.map.get(key) : new JavaEntry(this.map, key)
  }
}
