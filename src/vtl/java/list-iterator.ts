import { type JavaList, outOfBounds } from './collection.ts'
import { JavaException, JavaObject, printIdentity, type Value } from './value.ts'

/** `ListIterator`: goes both ways, and changes the list where it stands. */
export class JavaListIterator extends JavaObject {
  get className(): string {
    return 'java.util.ArrayList$ListItr'
  }
  readonly #list: JavaList
  #cursor: number
  #last = -1
  #expected: number

  constructor(list: JavaList, start: number) {
    super()
    if (start < 0 || start > list.size()) throw outOfBounds(`Index: ${start}`)
    this.#list = list
    this.#cursor = start
    this.#expected = list.changes
  }

  print(): string {
    return printIdentity(this.className)
  }

  get nextIndex(): number {
    return this.#cursor
  }

  hasNext(): boolean {
    return this.#cursor !== this.#list.size()
  }

  next(): Value {
    this.#check()
    if (this.#cursor >= this.#list.size()) throw new JavaException('java.util.NoSuchElementException', '')
    this.#last = this.#cursor++
    return this.#list.get(this.#last)
  }

  previous(): Value {
    this.#check()
    if (this.#cursor <= 0) throw new JavaException('java.util.NoSuchElementException', '')
    this.#last = --this.#cursor
    return this.#list.get(this.#last)
  }

  set(value: Value): void {
    this.#list.set(this.#standing(), value)
  }

  add(value: Value): void {
    this.#check()
    this.#list.insert(this.#cursor++, [value])
    this.#last = -1
    this.#expected = this.#list.changes
  }

  remove(): void {
    const at = this.#standing()
    this.#list.removeAt(at)
    this.#cursor = at
    this.#last = -1
    this.#expected = this.#list.changes
  }

  #standing(): number {
    if (this.#last < 0) throw new JavaException('java.lang.IllegalStateException', '')
    this.#check()
    return this.#last
  }

  #check(): void {
    if (this.#list.changes !== this.#expected)
      throw new JavaException('java.util.ConcurrentModificationException', '')
  }
}
