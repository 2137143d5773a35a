import type { Ids } from '../../../ports/index.ts'

/** A version's or an upload's id: opaque, 32 characters, with the sequence number in it so that it is found at once. */
export function sequencedId(ids: Ids, seq: number): string {
  const bytes = Buffer.alloc(24)
  bytes.set(ids.bytes(16), 8)
  bytes.writeBigUInt64BE(BigInt(seq) ^ bytes.readBigUInt64BE(8), 0)
  return bytes.toString('base64url')
}

/** The sequence number in an id; undefined for text that is no id. */
export function sequenceOf(id: string): number | undefined {
  if (!/^[\w-]{32}$/.test(id)) return undefined
  const bytes = Buffer.from(id, 'base64url')
  const seq = Number(bytes.readBigUInt64BE(0) ^ bytes.readBigUInt64BE(8))
  return Number.isSafeInteger(seq) ? seq : undefined
}
