import { Buffer } from 'node:buffer'
import { hash } from 'node:crypto'

/** What fits into one block with the byte that ends a message and its length. */
const longest = 55

/**
 * MD5 of short texts with the same beginning, which every read and write of an item asks for: setting OpenSSL up costs
 * four times the 64 steps. Text and digest have a character for each byte. https://www.rfc-editor.org/rfc/rfc1321
 */
export function createShortMd5(beginning: string): (text: string) => string {
  const sines = Int32Array.from({ length: 64 }, (_, step) =>
    Math.floor(Math.abs(Math.sin(step + 1)) * 2 ** 32),
  )
  const words = new Int32Array(16)
  // Typed arrays are little-endian where Node runs, as MD5 is.
  const block = new Uint8Array(words.buffer)
  const start = beginning.length
  return text => {
    const end = start + text.length
    if (end > longest)
      return hash('md5', Buffer.from(beginning + text, 'latin1'), 'buffer').toString('latin1')
    words.fill(0)
    for (let at = 0; at < start; at++) block[at] = beginning.charCodeAt(at)
    for (let at = start; at < end; at++) block[at] = text.charCodeAt(at - start)
    block[end] = 0x80
    words[14] = end * 8
    digest(words, sines)
    return textOf(block)
  }
}

/** The first 16 bytes. */
function textOf(block: Uint8Array): string {
  let text = ''
  for (let at = 0; at < 16; at += 4)
    text += String.fromCharCode(
      block[at] as number,
      block[at + 1] as number,
      block[at + 2] as number,
      block[at + 3] as number,
    )
  return text
}

// Both so short that V8 always writes them where they are called.
const word = (list: Int32Array, at: number): number => list[at] as number
const turn = (bits: number, by: number): number => (bits << by) | (bits >>> (32 - by))

/**
 * Hashes the one block and puts the digest in its place: four rounds, four steps at a time, so that nothing moves. The
 * first values are written out, for a constant of a module is a variable in the bundle, and of no known type.
 */
function digest(words: Int32Array, sines: Int32Array): void {
  let a = 0x67452301
  let b = -0x10325477
  let c = -0x67452302
  let d = 0x10325476
  for (let k = 0; k < 16; k += 4) {
    a = (b + turn((a + (d ^ (b & (c ^ d))) + word(words, k) + word(sines, k)) | 0, 7)) | 0
    d = (a + turn((d + (c ^ (a & (b ^ c))) + word(words, k + 1) + word(sines, k + 1)) | 0, 12)) | 0
    c = (d + turn((c + (b ^ (d & (a ^ b))) + word(words, k + 2) + word(sines, k + 2)) | 0, 17)) | 0
    b = (c + turn((b + (a ^ (c & (d ^ a))) + word(words, k + 3) + word(sines, k + 3)) | 0, 22)) | 0
  }
  for (let k = 16, at = 1; k < 32; k += 4, at += 20) {
    a = (b + turn((a + (c ^ (d & (b ^ c))) + word(words, at & 15) + word(sines, k)) | 0, 5)) | 0
    d = (a + turn((d + (b ^ (c & (a ^ b))) + word(words, (at + 5) & 15) + word(sines, k + 1)) | 0, 9)) | 0
    c = (d + turn((c + (a ^ (b & (d ^ a))) + word(words, (at + 10) & 15) + word(sines, k + 2)) | 0, 14)) | 0
    b = (c + turn((b + (d ^ (a & (c ^ d))) + word(words, (at + 15) & 15) + word(sines, k + 3)) | 0, 20)) | 0
  }
  for (let k = 32, at = 5; k < 48; k += 4, at += 12) {
    a = (b + turn((a + (b ^ c ^ d) + word(words, at & 15) + word(sines, k)) | 0, 4)) | 0
    d = (a + turn((d + (a ^ b ^ c) + word(words, (at + 3) & 15) + word(sines, k + 1)) | 0, 11)) | 0
    c = (d + turn((c + (d ^ a ^ b) + word(words, (at + 6) & 15) + word(sines, k + 2)) | 0, 16)) | 0
    b = (c + turn((b + (c ^ d ^ a) + word(words, (at + 9) & 15) + word(sines, k + 3)) | 0, 23)) | 0
  }
  for (let k = 48, at = 0; k < 64; k += 4, at += 28) {
    a = (b + turn((a + (c ^ (b | ~d)) + word(words, at & 15) + word(sines, k)) | 0, 6)) | 0
    d = (a + turn((d + (b ^ (a | ~c)) + word(words, (at + 7) & 15) + word(sines, k + 1)) | 0, 10)) | 0
    c = (d + turn((c + (a ^ (d | ~b)) + word(words, (at + 14) & 15) + word(sines, k + 2)) | 0, 15)) | 0
    b = (c + turn((b + (d ^ (c | ~a)) + word(words, (at + 21) & 15) + word(sines, k + 3)) | 0, 21)) | 0
  }
  words[0] = (a + 0x67452301) | 0
  words[1] = (b - 0x10325477) | 0
  words[2] = (c - 0x67452302) | 0
  words[3] = (d + 0x10325476) | 0
}
