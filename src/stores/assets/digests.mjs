// The digests that a body can get. Loaded by the main thread and by those that write blobs, so that they cannot disagree.
import { createHash, hash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { reflectedCrc } from './reflected-crc.mjs'

/**
 * A digest's name.
 * @typedef {'md5' | 'sha1' | 'sha256' | 'crc32' | 'crc32c' | 'crc64nvme'} DigestName
 */

/**
 * A digest on its way; `value` ends it.
 * @typedef {{ readonly update: (bytes: Uint8Array) => void, readonly value: () => Buffer }} Digest
 */

/** The reflected polynomials of CRCs. https://reveng.sourceforge.io/crc-catalogue/all.htm */
export const polynomials = Object.freeze({
  crc32: 0xedb88320n,
  crc32c: 0x82f63b78n,
  crc64nvme: 0x9a6c9329ac4bc9b5n,
})

/**
 * The bytes of a CRC, the highest first.
 * @param {bigint | number} value
 * @param {number} bits
 */
export const crcBytes = (value, bits) => Buffer.from(value.toString(16).padStart(bits / 4, '0'), 'hex')

/**
 * @param {'crc32c' | 'crc64nvme'} name
 * @returns {Digest}
 */
function crcDigest(name) {
  const run = reflectedCrc(polynomials[name])
  const bits = name === 'crc32c' ? 32 : 64
  const ones = (1n << BigInt(bits)) - 1n
  let value = ones
  return {
    update(bytes) {
      value = run(value, bytes)
    },
    value: () => crcBytes(value ^ ones, bits),
  }
}

/**
 * Starts a digest.
 * @param {DigestName} name
 * @returns {Digest}
 */
export function createDigest(name) {
  if (name === 'crc32c' || name === 'crc64nvme') return crcDigest(name)
  if (name === 'crc32') {
    let value = 0
    return {
      update(bytes) {
        value = crc32(bytes, value)
      },
      value: () => crcBytes(value, 32),
    }
  }
  const running = createHash(name)
  return { update: bytes => void running.update(bytes), value: () => running.digest() }
}

/**
 * The digest of bytes that are all there: for hashes in one call.
 * @param {DigestName} name
 * @param {Uint8Array} bytes
 * @returns {Buffer}
 */
export function digestOf(name, bytes) {
  if (!name.startsWith('crc')) return hash(name, bytes, 'buffer')
  const digest = createDigest(name)
  digest.update(bytes)
  return digest.value()
}
