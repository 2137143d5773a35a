import { polynomials } from '../../../stores/index.ts'

/** A CRC whose value of a whole follows from those of its parts. */
export interface CrcShape {
  readonly bits: 32n | 64n
  /** Reflected, as the tables use it. */
  readonly polynomial: bigint
}

export const crcShapes: Readonly<Record<'CRC32' | 'CRC32C' | 'CRC64NVME', CrcShape>> = {
  CRC32: { bits: 32n, polynomial: polynomials.crc32 },
  CRC32C: { bits: 32n, polynomial: polynomials.crc32c },
  CRC64NVME: { bits: 64n, polynomial: polynomials.crc64nvme },
}

/** Multiplies two polynomials modulo the CRC's, all reflected: the highest bit is x⁰. */
function multiply(shape: CrcShape, one: bigint, other: bigint): bigint {
  let product = 0n
  let factor = other
  for (let mask = 1n << (shape.bits - 1n); mask > 0n; mask >>= 1n) {
    if (one & mask) product ^= factor
    factor = factor & 1n ? (factor >> 1n) ^ shape.polynomial : factor >> 1n
  }
  return product
}

/** x to the power of 8·`bytes`: what appending so many bytes does. */
function shiftOf(shape: CrcShape, bytes: number): bigint {
  let result = 1n << (shape.bits - 1n)
  let square = 1n << (shape.bits - 9n)
  for (let left = BigInt(bytes); left > 0n; left >>= 1n) {
    if (left & 1n) result = multiply(shape, result, square)
    square = multiply(shape, square, square)
  }
  return result
}

/** The CRC of two byte strings one after the other, from the CRC of each and the second one's length. */
export function combineCrc(shape: CrcShape, first: bigint, second: bigint, secondLength: number): bigint {
  return multiply(shape, shiftOf(shape, secondLength), first) ^ second
}
