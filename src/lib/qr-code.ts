import { correctionBytes } from './reed-solomon.ts'

/**
 * Version 13 with correction level L, for every text: 69 cells, four blocks of 107 bytes with 26 of correction each
 * (ISO/IEC 18004, tables 7 and 9), which holds 425 bytes.
 */
const size = 69
const blocks = 4
const blockBytes = 107
const correction = 26
const alignment = [6, 34, 62]
const longest = 425

type Cells = (boolean | undefined)[][]

/** A text as QR code: rows of cells, `true` for black. Throws a RangeError where it is longer than 425 bytes. */
export function qrCode(text: string): readonly (readonly boolean[])[] {
  const cells: Cells = Array.from({ length: size }, () => Array<boolean | undefined>(size).fill(undefined))
  drawPatterns(cells)
  drawNumbers(cells)
  drawData(cells, interleaved(codewords(text)))
  return cells.map(row => row.map(cell => cell === true))
}

function codewords(text: string): Uint8Array {
  const bytes = Buffer.from(text, 'utf8')
  if (bytes.length > longest) throw new RangeError(`A QR code holds ${longest} bytes here.`)
  // Mode 4 (bytes), the length in 16 bits, the bytes, a terminator of four bits, then the standard's padding.
  const hex = `4${bytes.length.toString(16).padStart(4, '0')}${bytes.toString('hex')}0`
  const data = new Uint8Array(blocks * blockBytes)
  const used = Buffer.from(hex, 'hex')
  data.set(used)
  for (let at = used.length, first = true; at < data.length; at++, first = !first)
    data[at] = first ? 0xec : 0x11
  return data
}

/** Byte by byte out of each block in turn, first of the data, then of the correction. */
function interleaved(data: Uint8Array): readonly number[] {
  const parts = Array.from({ length: blocks }, (_, block) =>
    data.subarray(block * blockBytes, (block + 1) * blockBytes),
  )
  const mixed = (lists: readonly Uint8Array[], length: number) =>
    Array.from({ length }, (_, at) => lists.map(list => list[at] ?? 0)).flat()
  const corrections = parts.map(part => correctionBytes(part, correction))
  return [...mixed(parts, blockBytes), ...mixed(corrections, correction)]
}

function set(cells: Cells, x: number, y: number, black: boolean): void {
  const row = cells[y]
  if (row !== undefined && x >= 0 && x < size) row[x] = black
}

function drawPatterns(cells: Cells): void {
  for (let at = 0; at < size; at++) {
    set(cells, 6, at, at % 2 === 0)
    set(cells, at, 6, at % 2 === 0)
  }
  for (const [x, y] of [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ] as const)
    drawRings(cells, x, y, 4, [0, 1, 3])
  const last = alignment.at(-1)
  for (const x of alignment)
    for (const y of alignment) {
      const corner = (x === 6 && (y === 6 || y === last)) || (x === last && y === 6)
      if (!corner) drawRings(cells, x, y, 2, [0, 2])
    }
}

/** Squares around a centre: black at the given distances, white at the others. */
function drawRings(cells: Cells, x: number, y: number, reach: number, black: readonly number[]): void {
  for (let dx = -reach; dx <= reach; dx++)
    for (let dy = -reach; dy <= reach; dy++)
      set(cells, x + dx, y + dy, black.includes(Math.max(Math.abs(dx), Math.abs(dy))))
}

function remainder(value: number, divisor: number, bits: number): number {
  let rest = value
  for (let at = 0; at < bits; at++) rest = (rest << 1) ^ ((rest >> (bits - 1)) * divisor)
  return rest
}

/** Format (level L, mask 0) and version (13), each with its own correction bits. */
function drawNumbers(cells: Cells): void {
  const level = 0b01000
  const format = ((level << 10) | remainder(level, 0x537, 10)) ^ 0x5412
  for (let at = 0; at < 15; at++) {
    const black = ((format >> at) & 1) === 1
    set(cells, 8, at < 6 ? at : at < 8 ? at + 1 : size - 15 + at, black)
    set(cells, at < 8 ? size - 1 - at : at === 8 ? 7 : 14 - at, 8, black)
  }
  set(cells, 8, size - 8, true)
  const version = (13 << 12) | remainder(13, 0x1f25, 12)
  for (let at = 0; at < 18; at++) {
    const black = ((version >> at) & 1) === 1
    set(cells, size - 11 + (at % 3), Math.floor(at / 3), black)
    set(cells, Math.floor(at / 3), size - 11 + (at % 3), black)
  }
}

/** Two columns at a time from the right, up and down in turn, past what is drawn already; masked by mask 0. */
function drawData(cells: Cells, bytes: readonly number[]): void {
  let bit = 0
  let up = true
  for (let right = size - 1; right > 0; right -= 2, up = !up) {
    if (right === 6) right = 5
    for (let step = 0; step < size; step++) {
      const y = up ? size - 1 - step : step
      for (const x of [right, right - 1]) {
        if (cells[y]?.[x] !== undefined) continue
        const data = (((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1) === 1
        bit++
        set(cells, x, y, data !== ((x + y) % 2 === 0))
      }
    }
  }
}
