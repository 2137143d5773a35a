import type { Range } from '../../stores/index.ts'
import type { KeyTest } from './expressions/index.ts'
import { afterPrefix, escapeZeros, indexPartitionPrefix, partitionPrefix, sortPrefix } from './row-keys.ts'
import type { SecondaryIndex, Table } from './table.ts'
import type { AttributeValue } from './values/attribute-value.ts'
import { keyText } from './values/key-text.ts'

/** A query's bounds: the partition, then the sort attributes by equality, the last of them by any test. */
export interface KeyBounds {
  readonly hash: readonly AttributeValue[]
  readonly range: readonly KeyTest[]
}

/** The rows that a query looks at, in the store's terms. */
export function keyRange(table: Table, index: SecondaryIndex | undefined, { hash, range }: KeyBounds): Range {
  const partition =
    index === undefined ? partitionPrefix(table, hash) : indexPartitionPrefix(table, index, hash)
  const tests = [...range]
  const last = tests.pop()
  const equal = tests.flatMap(test => test.values)
  const base = partition + sortPrefix(equal)
  if (last === undefined) return prefixRange(base)
  // A table has one sort attribute, written as it is; an index ends each, so that rows of equal keys lie together.
  const whole = (value: AttributeValue): string =>
    base + (index === undefined ? keyText(value) : sortPrefix([value]))
  const start = (value: AttributeValue): string =>
    base + (index === undefined ? keyText(value) : escapeZeros(keyText(value)))
  return testRange(last, base, whole, start, index === undefined)
}

function testRange(
  { operator, values }: KeyTest,
  base: string,
  whole: (value: AttributeValue) => string,
  start: (value: AttributeValue) => string,
  isExact: boolean,
): Range {
  const [first, second] = values
  if (first === undefined) throw new Error(`${operator} without a value got past the checks`)
  const after = (value: AttributeValue): string | undefined =>
    isExact ? `${whole(value)}\0` : afterPrefix(whole(value))
  const all = prefixRange(base)
  switch (operator) {
    case '=':
      return bounded(whole(first), after(first))
    case '<':
      return bounded(base, whole(first))
    case '<=':
      return bounded(base, after(first))
    case '>':
      return bounded(after(first), all.to)
    case '>=':
      return bounded(whole(first), all.to)
    case 'begins_with':
      return prefixRange(start(first))
    case 'between':
      if (second === undefined) throw new Error('BETWEEN without bounds got past the checks')
      return bounded(whole(first), after(second))
  }
}

/** A range between keys as this service makes them: text of a character for each byte. */
export type TextRange = Range & { readonly from?: string; readonly to?: string }

/** All keys that begin with `prefix`. */
export function prefixRange(prefix: string): TextRange {
  return bounded(prefix, afterPrefix(prefix))
}

const bounded = (from: string | undefined, to: string | undefined): TextRange => ({
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
})

/** The part of a range that comes after a row, in the direction of the walk. */
export function continueAfter(range: Range, row: string): Range {
  return range.reverse ? { ...range, to: row } : { ...range, from: `${row}\0` }
}
