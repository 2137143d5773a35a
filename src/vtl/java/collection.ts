import { checkedLength } from './text-limit.ts'
import { equal, hash, JavaException, JavaObject, printIdentity, text, type Value, Work } from './value.ts'

/** More than this in one collection is no mapping any more; it keeps a template from eating all memory. */
const mostItems = 2_000_000

/** An `Iterator`; `remove` where the collection supports it. */
export class JavaIterator extends JavaObject {
  readonly className: string
  readonly hasNext: () => boolean
  readonly next: () => Value
  readonly removeLast: (() => void) | undefined

  constructor(className: string, hasNext: () => boolean, next: () => Value, removeLast?: () => void) {
    super()
    this.className = className
    this.hasNext = hasNext
    this.next = next
    this.removeLast = removeLast
  }

  print(): string {
    return printIdentity(this.className)
  }
}

/** What lists, sets and the views of maps have in common. */
export abstract class JavaCollection extends JavaObject {
  abstract size(): number
  /** Its items now, to be read only. */
  abstract items(): readonly Value[]
  abstract iterator(): JavaIterator

  contains(value: Value): boolean {
    return this.items().some(item => equal(value, item))
  }

  /** Whether it contains each of `others`; refuses what would take for ever. */
  containsEach(others: readonly Value[]): boolean {
    checkedWork(this.size() * others.length)
    return others.every(other => this.contains(other))
  }

  print(): string {
    const items = this.items().map(item => (item === this ? '(this Collection)' : text(item)))
    return checkedLength(`[${items.join(', ')}]`)
  }
}

/** `java.util.ArrayList` and its kin; changes are counted, because Java refuses to go on iterating after one. */
export class JavaList extends JavaCollection {
  get className(): string {
    return 'java.util.ArrayList'
  }
  #values: Value[] | undefined
  declare changes: number

  /** With null the list is filled by `load` when somebody looks. */
  constructor(values: Value[] | null = []) {
    super()
    this.#values = values ?? undefined
    // Assigned, not initialised: an initialiser would cost more than all else when many are made.
    this.changes = 0
  }

  get values(): Value[] {
    this.#values ??= this.load()
    return this.#values
  }

  /** Whether somebody has looked. */
  protected get isLoaded(): boolean {
    return this.#values !== undefined
  }

  protected load(): Value[] {
    return []
  }

  size(): number {
    return this.values.length
  }

  items(): readonly Value[] {
    return this.values
  }

  get(index: number): Value {
    this.check(index)
    return this.values[index] ?? null
  }

  set(index: number, value: Value): Value {
    this.check(index)
    const old = this.values[index] ?? null
    this.values[index] = value
    return old
  }

  insert(index: number, added: readonly Value[]): void {
    if (index < 0 || index > this.values.length)
      throw outOfBounds(`Index: ${index}, Size: ${this.values.length}`)
    if (this.values.length + added.length > mostItems)
      throw new JavaException('java.lang.OutOfMemoryError', 'The list is too long')
    this.changes++
    if (index === this.values.length) for (const value of added) this.values.push(value)
    else this.values.splice(index, 0, ...added)
  }

  removeAt(index: number): Value {
    this.check(index)
    this.changes++
    return this.values.splice(index, 1)[0] ?? null
  }

  /** Keeps the items that satisfy `keep`; says whether any went. */
  filter(keep: (value: Value) => boolean, other = 1): boolean {
    checkedWork(this.values.length * other)
    const kept = this.values.filter(keep)
    if (kept.length === this.values.length) return false
    this.replaceRange(0, this.size(), kept)
    return true
  }

  /** Puts other items in the place of some. */
  replaceRange(from: number, to: number, items: readonly Value[]): void {
    this.changes++
    this.#values = [...this.values.slice(0, from), ...items, ...this.values.slice(to)]
  }

  sort(compare: (left: Value, right: Value) => number): void {
    this.replaceRange(0, this.size(), [...this.values].sort(compare))
  }

  iterator(): JavaIterator {
    let cursor = 0
    let last = -1
    let expected = this.changes
    const check = (): void => {
      if (this.changes !== expected) throw new JavaException('java.util.ConcurrentModificationException', '')
    }
    return new JavaIterator(
      'java.util.ArrayList$Itr',
      () => cursor !== this.size(),
      () => {
        check()
        if (cursor >= this.size()) throw new JavaException('java.util.NoSuchElementException', '')
        last = cursor++
        return this.get(last)
      },
      () => {
        if (last < 0) throw new JavaException('java.lang.IllegalStateException', '')
        check()
        this.removeAt(last)
        cursor = last
        last = -1
        expected = this.changes
      },
    )
  }

  override equals(other: Value, work = new Work()): boolean {
    if (this === other) return true
    if (!(other instanceof JavaList) || other.values.length !== this.values.length) return false
    return this.values.every((value, index) => {
      work.spend()
      return equal(value, other.values[index] ?? null, work)
    })
  }

  override hashCode(work = new Work()): number {
    return this.values.reduce<number>((result, value) => {
      work.spend()
      return (Math.imul(31, result) + hash(value, work)) | 0
    }, 1)
  }

  protected check(index: number): void {
    if (index < 0 || index >= this.size())
      throw outOfBounds(`Index ${index} out of bounds for length ${this.size()}`)
  }
}

/** Refuses to compare more pairs than this. */
function checkedWork(pairs: number): void {
  if (pairs > 200_000_000)
    throw new JavaException('java.lang.OutOfMemoryError', 'The collections are too large')
}

export function outOfBounds(message: string): JavaException {
  return new JavaException('java.lang.IndexOutOfBoundsException', message)
}
