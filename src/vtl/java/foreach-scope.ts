import { JavaMap } from './map.ts'
import type { Value } from './value.ts'

/** `$foreach` of one running loop; templates may also keep values in it. */
export class ForeachScope extends JavaMap {
  override get className(): string {
    return 'org.apache.velocity.runtime.directive.ForeachScope'
  }
  index = -1
  next = false
  readonly parent: ForeachScope | null
  readonly #replaced: Value
  /** The loop that it belongs to: `#break($foreach)` ends that one. */
  readonly owner: object

  constructor(owner: object, previous: Value) {
    super()
    this.owner = owner
    this.parent = previous instanceof ForeachScope ? previous : null
    this.#replaced = previous instanceof ForeachScope ? null : previous
  }

  get replaced(): Value {
    return this.#replaced ?? this.parent?.replaced ?? null
  }

  topmost(): ForeachScope {
    return this.parent?.topmost() ?? this
  }

  override get(key: Value): Value {
    return super.get(key) ?? (this.parent !== null && !this.has(key) ? this.parent.get(key) : null)
  }
}
