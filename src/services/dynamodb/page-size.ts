import { headLength } from './item-text.ts'
import type { Table } from './table.ts'
import { largestStoredSize, storedSize } from './values/stored-size.ts'
import { utf8Text } from './values/utf8-text.ts'

/** A page ends once it has read this many bytes, as DynamoDB stores them. */
const maximumPageSize = 1024 * 1024

/** Adds up a page's rows; while they cannot amount to a page, nobody looks at how they are stored. */
export class PageSize {
  /** The name of the attribute that the table sorts by. */
  readonly #sortKey: string | undefined
  /** Rows that only an upper bound is known of. */
  #unmeasured: string[] = []
  #bound = 0
  #measured = 0

  constructor(table: Table) {
    this.#sortKey = table.key.range[0]?.name
  }

  /** Adds a row, as it is kept, and answers whether the page is full with it. */
  add(row: string): boolean {
    this.#unmeasured.push(row)
    this.#bound += largestStoredSize(row.length, this.#sortKey !== undefined)
    if (this.#measured + this.#bound < maximumPageSize) return false
    const written = this.#sortKey === undefined ? undefined : utf8Text(JSON.stringify(this.#sortKey))
    for (const one of this.#unmeasured) this.#measured += storedSize(one, headLength, written)
    this.#unmeasured = []
    this.#bound = 0
    return this.#measured >= maximumPageSize
  }
}
