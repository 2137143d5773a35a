import { JavaList } from './collection.ts'
import { JavaException, type Value } from './value.ts'

/** `subList`: part of a list, through which the whole is seen and changed; a change of the whole elsewhere ends it. */
export class JavaSubList extends JavaList {
  override get className(): string {
    return 'java.util.ArrayList$SubList'
  }
  readonly #whole: JavaList
  readonly #from: number
  #length: number

  constructor(whole: JavaList, from: number, to: number) {
    super(null)
    this.#whole = whole
    this.#from = from
    this.#length = to - from
    this.changes = whole.changes
  }

  override get values(): Value[] {
    const length = this.size()
    return this.#whole.values.slice(this.#from, this.#from + length)
  }

  override size(): number {
    if (this.#whole.changes !== this.changes)
      throw new JavaException('java.util.ConcurrentModificationException', '')
    return this.#length
  }

  override get(index: number): Value {
    this.check(index)
    return this.#whole.get(this.#from + index)
  }

  override set(index: number, value: Value): Value {
    this.check(index)
    return this.#whole.set(this.#from + index, value)
  }

  override insert(index: number, added: readonly Value[]): void {
    if (index !== this.size()) this.check(index)
    this.#whole.insert(this.#from + index, added)
    this.#changed(added.length)
  }

  override removeAt(index: number): Value {
    this.check(index)
    const removed = this.#whole.removeAt(this.#from + index)
    this.#changed(-1)
    return removed
  }

  override replaceRange(from: number, to: number, items: readonly Value[]): void {
    this.size()
    this.#whole.replaceRange(this.#from + from, this.#from + to, items)
    this.#changed(items.length - (to - from))
  }

  #changed(added: number): void {
    this.#length += added
    this.changes = this.#whole.changes
  }
}
