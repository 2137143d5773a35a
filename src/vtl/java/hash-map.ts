import { JavaMap } from './map.ts'
import { hash, type Value } from './value.ts'

/** `java.util.HashMap`: iterates by the keys' hashes, which templates can see. */
export class JavaHashMap extends JavaMap {
  override get className(): string {
    return 'java.util.HashMap'
  }
  #capacity = 16

  protected override load(): Map<Value, Value> {
    const table = this.fill()
    this.#grow(table.size)
    return table
  }

  /** What it holds when somebody looks for the first time. */
  protected fill(): Map<Value, Value> {
    return new Map()
  }

  #grow(size: number): void {
    while (size > this.#capacity * 0.75) this.#capacity *= 2
  }

  override put(key: Value, value: Value): Value {
    const old = super.put(key, value)
    this.#grow(this.size())
    return old
  }

  override keys(): readonly Value[] {
    const mask = this.#capacity - 1
    const buckets = [...this.table.keys()].map(key => ({ key, bucket: spread(hash(key)) & mask }))
    return buckets.sort((a, b) => a.bucket - b.bucket).map(({ key }) => key)
  }
}

function spread(hashCode: number): number {
  return hashCode ^ (hashCode >>> 16)
}
