import { type Change, type Kept, Layer } from './layer.ts'

/** Transactions that become durable together: what they changed, and what they wait for. */
export class Group {
  readonly layer = new Layer()
  readonly #changes: (Change & { readonly before: Kept | undefined })[] = []
  /** Rejects where the group could not be written. */
  readonly durable: Promise<void>
  resolve!: () => void
  reject!: (error: Error) => void

  constructor() {
    this.durable = new Promise((resolve, reject) => {
      this.resolve = resolve
      this.reject = reject
    })
    // A group may fail before anybody waits for it.
    this.durable.catch(() => {})
  }

  /** In the order in which they were made. */
  get changes(): readonly Change[] {
    return this.#changes
  }

  get isEmpty(): boolean {
    return this.#changes.length === 0
  }

  change(table: string, key: string, kept: Kept): void {
    this.#changes.push({ table, key, kept, before: this.layer.table(table).set(key, kept) })
  }

  /** Undoes all changes but the first `count`. */
  undo(count: number): void {
    for (const { table, key, before } of this.#changes.splice(count).toReversed())
      if (before === undefined) this.layer.table(table).delete(key)
      else this.layer.set({ table, key, kept: before })
  }
}
