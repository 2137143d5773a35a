// A CRC of 32 or 64 bits by a WebAssembly program, for the main thread and for those that write blobs.
import { bytesPerTurn, crcProgram, windowAt, windowBytes } from './crc-program.mjs'

/**
 * Goes on with a CRC over more bytes; begins and ends with all bits set, which the caller turns over.
 * @typedef {(crc: bigint, bytes: Uint8Array) => bigint} CrcRun
 */

/**
 * A table per distance from the last byte of a turn: the CRC of one byte with so many zero bytes behind it.
 * @param {bigint} polynomial
 */
function tablesOf(polynomial) {
  const tables = new BigUint64Array(bytesPerTurn * 256)
  for (let byte = 0; byte < 256; byte++) {
    let value = BigInt(byte)
    for (let bit = 0; bit < 8; bit++) value = value & 1n ? (value >> 1n) ^ polynomial : value >> 1n
    tables[byte] = value
  }
  for (let index = 256; index < tables.length; index++) {
    const before = tables[index - 256] ?? 0n
    tables[index] = (before >> 8n) ^ (tables[Number(before & 255n)] ?? 0n)
  }
  return tables
}

/** @type {Map<bigint, CrcRun>} */
const made = new Map()

/**
 * The CRC of a reflected polynomial, made when it is first asked for. Its memory is scratch: nothing in it outlives a
 * call.
 * @param {bigint} polynomial
 * @returns {CrcRun}
 */
export function reflectedCrc(polynomial) {
  const known = made.get(polynomial)
  if (known !== undefined) return known
  // What Node has, and its types have not.
  const { Module, Instance } = /** @type {any} */ (globalThis).WebAssembly
  const { memory, run } = new Instance(new Module(crcProgram())).exports
  new BigUint64Array(memory.buffer).set(tablesOf(polynomial))
  const window = new Uint8Array(memory.buffer, windowAt, windowBytes)
  /** @type {CrcRun} */
  const crcRun = (before, bytes) => {
    let crc = before
    for (let from = 0; from < bytes.length; from += windowBytes) {
      const part = bytes.subarray(from, from + windowBytes)
      window.set(part)
      crc = BigInt.asUintN(64, run(crc, windowAt, windowAt + part.length))
    }
    return crc
  }
  made.set(polynomial, crcRun)
  return crcRun
}
