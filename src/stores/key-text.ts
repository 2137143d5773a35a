import { Buffer } from 'node:buffer'
import type { Key } from './store.ts'

/** A key as text of one character for each byte: such strings compare as their bytes do. */
export function keyText(key: Key): string {
  if (typeof key === 'string') return key
  const bytes = Buffer.isBuffer(key) ? key : Buffer.from(key.buffer, key.byteOffset, key.byteLength)
  return bytes.toString('latin1')
}
