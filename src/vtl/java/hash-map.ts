import { JavaMap } from './map.ts'
import { hash, type Value } from './value.ts'

/** `java.util.HashMap`: iterates by the keys' hashes, which templates can see. */
export class JavaHashMap extends JavaMap {
  override readonly className: string = 'java.util.HashMap'
  #capacity = 16

  override put(key: Value, value: Value): Value {
    const old = super.put(key, value)
    while (this.size() > this.#capacity * 0.75) this.#capacity *= 2
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
