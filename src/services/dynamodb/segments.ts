import type { TextRange } from './key-range.ts'
import { afterPrefix, indexPrefix, numberText, tablePrefix } from './row-keys.ts'
import type { SecondaryIndex, Table } from './table.ts'

/** The rows of one segment of a parallel scan: segments share the partition hashes, by their first four bytes. */
export function segmentRange(
  table: Table,
  index: SecondaryIndex | undefined,
  segment: number,
  segments: number,
): TextRange {
  const prefix = index === undefined ? tablePrefix(table) : indexPrefix(table, index)
  const bound = (part: number): string | undefined => {
    const first = Math.ceil((2 ** 32 * part) / segments)
    return first >= 2 ** 32 ? afterPrefix(prefix) : prefix + numberText(first)
  }
  const [from, to] = [bound(segment), bound(segment + 1)]
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
}

/** Whether a row lies within a range. */
export const isInSegment = ({ from, to }: TextRange, row: string): boolean =>
  (from === undefined || row >= from) && (to === undefined || row < to)
