const polynomial = 0x9a6c9329ac4bc9b5n
const slices = 8

/** Per slice 256 values of 64 bits, each as two halves of 32: JavaScript has no faster 64-bit integers. */
const high = new Int32Array(slices * 256)
const low = new Int32Array(slices * 256)

for (let byte = 0; byte < 256; byte++) {
  let value = BigInt(byte)
  for (let bit = 0; bit < 8; bit++) value = value & 1n ? (value >> 1n) ^ polynomial : value >> 1n
  for (let slice = 0; slice < slices; slice++) {
    high[slice * 256 + byte] = Number(BigInt.asIntN(32, value >> 32n))
    low[slice * 256 + byte] = Number(BigInt.asIntN(32, value))
    // One more zero byte after it, computed by shifting through the polynomial.
    for (let bit = 0; bit < 8; bit++) value = value & 1n ? (value >> 1n) ^ polynomial : value >> 1n
  }
}

/** A CRC-64/NVME on its way. https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html */
export interface Crc64 {
  update(bytes: Uint8Array): void
  value(): bigint
}

/** Starts a CRC-64/NVME. */
export function createCrc64(): Crc64 {
  let hi = -1
  let lo = -1
  return {
    update(bytes) {
      let h = hi
      let l = lo
      let at = 0
      const { length } = bytes
      for (; at + 8 <= length; at += 8) {
        const a =
          l ^
          ((bytes[at] as number) |
            ((bytes[at + 1] as number) << 8) |
            ((bytes[at + 2] as number) << 16) |
            ((bytes[at + 3] as number) << 24))
        const b =
          h ^
          ((bytes[at + 4] as number) |
            ((bytes[at + 5] as number) << 8) |
            ((bytes[at + 6] as number) << 16) |
            ((bytes[at + 7] as number) << 24))
        const i7 = 1792 + (a & 255)
        const i6 = 1536 + ((a >>> 8) & 255)
        const i5 = 1280 + ((a >>> 16) & 255)
        const i4 = 1024 + (a >>> 24)
        const i3 = 768 + (b & 255)
        const i2 = 512 + ((b >>> 8) & 255)
        const i1 = 256 + ((b >>> 16) & 255)
        const i0 = b >>> 24
        h =
          (high[i7] as number) ^
          (high[i6] as number) ^
          (high[i5] as number) ^
          (high[i4] as number) ^
          (high[i3] as number) ^
          (high[i2] as number) ^
          (high[i1] as number) ^
          (high[i0] as number)
        l =
          (low[i7] as number) ^
          (low[i6] as number) ^
          (low[i5] as number) ^
          (low[i4] as number) ^
          (low[i3] as number) ^
          (low[i2] as number) ^
          (low[i1] as number) ^
          (low[i0] as number)
      }
      for (; at < length; at++) {
        const index = (l ^ (bytes[at] as number)) & 255
        l = ((l >>> 8) | (h << 24)) ^ (low[index] as number)
        h = (h >>> 8) ^ (high[index] as number)
      }
      hi = h
      lo = l
    },
    value: () => (BigInt(~hi >>> 0) << 32n) | BigInt(~lo >>> 0),
  }
}
