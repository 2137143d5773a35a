import { Buffer } from 'node:buffer'
import { headLength } from './item-text.ts'
import type { Table } from './table.ts'
import { largestStoredSize, storedSize } from './values/stored-size.ts'

/** A page ends once it has read this many bytes, as DynamoDB stores them. */
const maximumPageSize = 1024 * 1024

/** Adds up a page's rows; while they cannot amount to a page, nobody looks at how they are stored. */
export class PageSize {
  readonly #sortKey: string | undefined
  /** Rows that only an upper bound is known of. */
  #unmeasured: string[] = []
  #bound = 0
  #measured = 0

  constructor(table: Table) {
    const name = table.key.range[0]?.name
    this.#sortKey = name === undefined ? undefined : Buffer.from(JSON.stringify(name)).toString('latin1')
  }

  /** Adds a row, as it is kept, and answers whether the page is full with it. */
  add(row: string): boolean {
    this.#unmeasured.push(row)
    this.#bound += largestStoredSize(row.length, this.#sortKey !== undefined)
    if (this.#measured + this.#bound < maximumPageSize) return false
    for (const one of this.#unmeasured) this.#measured += storedSize(one, headLength, this.#sortKey)
    this.#unmeasured = []
    this.#bound = 0
    return this.#measured >= maximumPageSize
  }
}
