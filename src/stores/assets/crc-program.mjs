/** The few instructions that the program is made of. https://webassembly.github.io/spec/core/binary/instructions.html */
const op = {
  loop: 0x03,
  end: 0x0b,
  branch: 0x0c,
  branchIf: 0x0d,
  block: 0x02,
  get: 0x20,
  set: 0x21,
  load64: 0x29,
  load8to64: 0x31,
  constant32: 0x41,
  constant64: 0x42,
  above32: 0x4b,
  add32: 0x6a,
  and32: 0x71,
  shiftLeft32: 0x74,
  shiftRight32: 0x76,
  xor64: 0x85,
  shiftRight64: 0x88,
  wrap: 0xa7,
}
const int64 = 0x7e
const int32 = 0x7f
const noValue = 0x40

/**
 * A number as WebAssembly writes it: seven bits a byte, the sign in the last.
 * @param {number} value
 * @returns {number[]}
 */
function number(value) {
  /** @type {number[]} */
  const bytes = []
  for (let rest = value; ; rest >>= 7) {
    const byte = rest & 0x7f
    const last = (rest >> 7 === 0 && (byte & 0x40) === 0) || (rest >> 7 === -1 && (byte & 0x40) !== 0)
    bytes.push(last ? byte : byte | 0x80)
    if (last) return bytes
  }
}

/**
 * A length or an index: as `number`, without sign.
 * @param {number} value
 * @returns {number[]}
 */
function count(value) {
  /** @type {number[]} */
  const bytes = []
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 0x80) return [...bytes, rest]
    bytes.push((rest & 0x7f) | 0x80)
  }
}

/** @param {readonly (readonly number[])[]} items */
const list = items => [...count(items.length), ...items.flat()]
/**
 * @param {number} id
 * @param {readonly number[]} content
 */
const section = (id, content) => [id, ...count(content.length), ...content]
/** @param {string} text */
const name = text => list([...Buffer.from(text)].map(byte => [byte]))

/** Bytes that one turn of the program takes. */
export const bytesPerTurn = 16
/** Bytes of one table: 256 values of 64 bits. */
export const tableBytes = 256 * 8
/** Where the program's memory is free for what is to be read. */
export const windowAt = bytesPerTurn * tableBytes
/** Bytes that are read in one call at most. */
export const windowBytes = 256 * 1024 - windowAt

const pages = (windowAt + windowBytes) / 65_536
const crc = 0
const at = 1
const end = 2
const first = 3
const second = 4

/**
 * The place in its table of the value for byte `index` of a word.
 * @param {number} word
 * @param {number} index
 */
function offsetOf(word, index) {
  const mask = [op.constant32, ...number(255 * 8), op.and32]
  if (index === 0) return [op.get, word, op.wrap, op.constant32, 3, op.shiftLeft32, ...mask]
  const shift = number(8 * index - 3)
  if (index < 4) return [op.get, word, op.wrap, op.constant32, ...shift, op.shiftRight32, ...mask]
  return [op.get, word, op.constant64, ...shift, op.shiftRight64, op.wrap, ...mask]
}

/**
 * The values of a word's bytes, each from the table of its distance to the end of the turn, brought together in pairs: one
 * after the other each would wait for the one before.
 * @param {number} word
 * @param {number} highest the table of its first byte
 */
function valuesOf(word, highest) {
  let parts = Array.from({ length: 8 }, (_, index) => [
    ...[...offsetOf(word, index), op.load64, 3],
    ...count((highest - index) * tableBytes),
  ])
  while (parts.length > 1)
    parts = parts.flatMap((part, index) =>
      index % 2 === 0 ? [[...part, ...(parts[index + 1] ?? []), op.xor64]] : [],
    )
  return parts.flat()
}

/** What sixteen bytes make of the CRC. The second word comes first: it need not wait for the turn before. */
function turn() {
  return [
    ...[op.get, at, op.load64, 3, 8, op.set, second],
    ...valuesOf(second, bytesPerTurn - 9),
    ...[op.get, at, op.load64, 3, 0, op.get, crc, op.xor64, op.set, first],
    ...[...valuesOf(first, bytesPerTurn - 1), op.xor64, op.set, crc],
  ]
}

/** One byte at the end. */
const single = [
  ...[op.get, at, op.load8to64, 0, 0, op.get, crc, op.xor64, op.set, first],
  ...[...offsetOf(first, 0), op.load64, 3, 0],
  ...[op.get, crc, op.constant64, 8, op.shiftRight64, op.xor64, op.set, crc],
]

/**
 * Runs `body` with `step` bytes each time while as many are left before `end`.
 * @param {number} step
 * @param {readonly number[]} body
 */
function whileLeft(step, body) {
  const next = [op.get, at, op.constant32, ...number(step), op.add32]
  return [
    ...[op.block, noValue, op.loop, noValue, ...next, op.get, end, op.above32, op.branchIf, 1],
    ...[...body, ...next, op.set, at, op.branch, 0, op.end, op.end],
  ]
}

/**
 * The bytes of a WebAssembly module with `run(crc, at, end)`, which goes on with a reflected CRC of up to 64 bits over
 * memory from `at` to before `end`, by tables at 0 (slicing by 16). JavaScript has no fast integers of 64 bits: its
 * CRC-64 took four times as long.
 */
export function crcProgram() {
  const code = [
    ...list([[2, int64]]),
    ...whileLeft(bytesPerTurn, turn()),
    ...whileLeft(1, single),
    ...[op.get, crc, op.end],
  ]
  const type = [0x60, ...list([[int64], [int32], [int32]]), ...list([[int64]])]
  return new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, list([type])),
    ...section(3, list([[0]])),
    ...section(5, list([[0, ...count(pages)]])),
    ...section(
      7,
      list([
        [...name('memory'), 2, 0],
        [...name('run'), 0, 0],
      ]),
    ),
    ...section(10, list([[...count(code.length), ...code]])),
  ])
}
