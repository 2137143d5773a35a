import { Buffer } from 'node:buffer'
import type { Range } from '../../stores/index.ts'
import { afterPrefix, indexPrefix, tablePrefix } from './row-keys.ts'
import type { SecondaryIndex, Table } from './table.ts'

/** The rows of one segment of a parallel scan: segments share the partition hashes, by their first four bytes. */
export function segmentRange(
  table: Table,
  index: SecondaryIndex | undefined,
  segment: number,
  segments: number,
): Range {
  const prefix = index === undefined ? tablePrefix(table) : indexPrefix(table, index)
  const bound = (part: number): Buffer | undefined => {
    const first = Math.ceil((2 ** 32 * part) / segments)
    if (first >= 2 ** 32) return afterPrefix(prefix)
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32BE(first)
    return Buffer.concat([prefix, bytes])
  }
  const [from, to] = [bound(segment), bound(segment + 1)]
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
}

/** Whether a row lies within a range. */
export function isInSegment({ from, to }: Range, row: Buffer): boolean {
  return (
    (from === undefined || Buffer.compare(row, from) >= 0) &&
    (to === undefined || Buffer.compare(row, to) < 0)
  )
}
