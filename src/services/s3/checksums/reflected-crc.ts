import { memoize } from '../../../lib/index.ts'
import type { CrcShape } from './combine-crc.ts'
import { bytesPerTurn, crcProgram, windowAt, windowBytes } from './crc-program.ts'

/** Goes on with a CRC over more bytes; begins and ends with all bits set, which the caller turns over. */
export type CrcRun = (crc: bigint, bytes: Uint8Array) => bigint

/** What Node has, and its types have not. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object
  readonly Instance: new (module: object) => { readonly exports: unknown }
}

interface Program {
  readonly memory: { readonly buffer: ArrayBuffer }
  readonly run: (crc: bigint, at: number, end: number) => bigint
}

/** A table per distance from the last byte of a turn: the CRC of one byte with so many zero bytes behind it. */
function tablesOf({ polynomial }: CrcShape): BigUint64Array {
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

/** The CRC of a shape, made when it is first asked for. Its memory is scratch: nothing in it outlives a call. */
export const reflectedCrc = memoize((shape: CrcShape): CrcRun => {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(crcProgram()))
  const { memory, run } = exports as Program
  new BigUint64Array(memory.buffer).set(tablesOf(shape))
  const window = new Uint8Array(memory.buffer, windowAt, windowBytes)
  return (before, bytes) => {
    let crc = before
    for (let from = 0; from < bytes.length; from += windowBytes) {
      const part = bytes.subarray(from, from + windowBytes)
      window.set(part)
      crc = BigInt.asUintN(64, run(crc, windowAt, windowAt + part.length))
    }
    return crc
  }
})
