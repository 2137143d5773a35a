import { crc32 } from 'node:zlib'
import type { Ids } from '../../../ports/index.ts'

/** Where the sum begins that tells an id of ours from one that somebody made up. */
const summed = 20

/**
 * A version's or an upload's id: opaque, 32 letters, digits, dots and underscores as AWS's are (recorded), with the
 * sequence number in it so that it is found at once.
 */
export function sequencedId(ids: Ids, seq: number): string {
  const bytes = Buffer.alloc(24)
  bytes.set(ids.bytes(12), 8)
  bytes.writeBigUInt64BE(BigInt(seq) ^ bytes.readBigUInt64BE(8), 0)
  bytes.writeUInt32BE(crc32(bytes.subarray(0, summed)), summed)
  return bytes.toString('base64url').replaceAll('-', '.')
}

/** The sequence number in an id; undefined for text that is no id. */
export function sequenceOf(id: string): number | undefined {
  const bytes = bytesOf(id)
  if (bytes === undefined) return undefined
  const seq = Number(bytes.readBigUInt64BE(0) ^ bytes.readBigUInt64BE(8))
  return Number.isSafeInteger(seq) ? seq : undefined
}

/** Whether a text could be the id of something that is gone, and was not made up. */
export function isOurs(id: string): boolean {
  const bytes = bytesOf(id)
  return bytes !== undefined && bytes.readUInt32BE(summed) === crc32(bytes.subarray(0, summed))
}

function bytesOf(id: string): Buffer | undefined {
  return /^[\w.-]{32}$/.test(id) ? Buffer.from(id.replaceAll('.', '-'), 'base64url') : undefined
}
