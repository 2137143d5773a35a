/** Tables for eight bytes at a time (slicing-by-8) of a reflected 32-bit polynomial. */
function makeTables(polynomial: number): readonly Uint32Array[] {
  const tables = Array.from({ length: 8 }, () => new Uint32Array(256))
  const [first = new Uint32Array(256)] = tables
  for (let byte = 0; byte < 256; byte++) {
    let value = byte
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ polynomial : value >>> 1
    first[byte] = value >>> 0
  }
  for (let table = 1; table < 8; table++)
    for (let byte = 0; byte < 256; byte++) {
      const before = tables[table - 1]?.[byte] ?? 0
      const target = tables[table]
      if (target !== undefined) target[byte] = ((before >>> 8) ^ (first[before & 255] ?? 0)) >>> 0
    }
  return tables
}

const [t0, t1, t2, t3, t4, t5, t6, t7] = makeTables(0x82f63b78) as Uint32Array[] as [
  Uint32Array,
  Uint32Array,
  Uint32Array,
  Uint32Array,
  Uint32Array,
  Uint32Array,
  Uint32Array,
  Uint32Array,
]

/** CRC-32C (Castagnoli) of `bytes`, going on from `crc`. Node has CRC-32 only. */
export function crc32c(bytes: Uint8Array, crc = 0): number {
  let value = ~crc
  let at = 0
  const { length } = bytes
  for (; at + 8 <= length; at += 8) {
    const low =
      value ^
      ((bytes[at] as number) |
        ((bytes[at + 1] as number) << 8) |
        ((bytes[at + 2] as number) << 16) |
        ((bytes[at + 3] as number) << 24))
    value =
      (t7[low & 255] as number) ^
      (t6[(low >>> 8) & 255] as number) ^
      (t5[(low >>> 16) & 255] as number) ^
      (t4[low >>> 24] as number) ^
      (t3[bytes[at + 4] as number] as number) ^
      (t2[bytes[at + 5] as number] as number) ^
      (t1[bytes[at + 6] as number] as number) ^
      (t0[bytes[at + 7] as number] as number)
  }
  for (; at < length; at++) value = (value >>> 8) ^ (t0[(value ^ (bytes[at] as number)) & 255] as number)
  return ~value >>> 0
}
