import type { Bytes } from './store.ts'

/** What a key may be made of. */
export type KeyPart = string | number | boolean | Bytes

/** A range with both bounds, to be given to `Reader.range`. */
export interface KeyRange {
  readonly from: Bytes
  readonly to: Bytes
}

const tag = { bytes: 0x01, text: 0x02, number: 0x05, no: 0x26, yes: 0x27 } as const

/** Zero bytes are escaped as 00 FF, and one 00 ends the part: so no key is taken for the beginning of another part. */
function escaped(kind: number, content: Buffer, end: boolean): Buffer[] {
  const pieces: Buffer[] = [Buffer.of(kind)]
  let from = 0
  for (let at = content.indexOf(0); at !== -1; at = content.indexOf(0, from)) {
    pieces.push(content.subarray(from, at + 1), Buffer.of(0xff))
    from = at + 1
  }
  pieces.push(content.subarray(from))
  if (end) pieces.push(Buffer.alloc(1))
  return pieces
}

/** An IEEE double whose bytes sort as its numbers do: negative ones inverted, the others with the sign bit set. */
function numberBytes(value: number): Buffer {
  if (Number.isNaN(value)) throw new RangeError('NaN has no place in an order')
  const bytes = Buffer.allocUnsafe(9)
  bytes[0] = tag.number
  bytes.writeDoubleBE(value === 0 ? 0 : value, 1)
  if (value < 0) for (let at = 1; at < 9; at++) bytes[at] = ~(bytes[at] ?? 0) & 0xff
  else bytes[1] = (bytes[1] ?? 0) | 0x80
  return bytes
}

function piecesOf(part: KeyPart, end = true): Buffer[] {
  if (typeof part === 'string') return escaped(tag.text, Buffer.from(part), end)
  if (typeof part === 'number') return [numberBytes(part)]
  if (typeof part === 'boolean') return [Buffer.of(part ? tag.yes : tag.no)]
  return escaped(tag.bytes, Buffer.from(part.buffer, part.byteOffset, part.byteLength), end)
}

/**
 * Composes a key out of parts so that keys sort by their first part, then by the second, and so on: strings by their
 * UTF-8 bytes, numbers by value. The key of some of the parts is a prefix of the key of all of them.
 */
export function encodeKey(...parts: readonly KeyPart[]): Bytes {
  return encodeParts(parts, 0)
}

/** The key of `parts` with `room` more bytes behind it. */
function encodeParts(parts: readonly KeyPart[], room: number): Buffer {
  let length = room
  for (const part of parts) {
    if (typeof part === 'string' && !part.includes('\0')) length += Buffer.byteLength(part) + 2
    else if (typeof part === 'number') length += 9
    else {
      const pieces = parts.flatMap(each => piecesOf(each))
      return Buffer.concat(room === 0 ? pieces : [...pieces, Buffer.alloc(room)])
    }
  }
  // The usual key, of texts and numbers, is written into place: this runs several times for every request.
  const key = Buffer.allocUnsafe(length)
  let at = 0
  for (const part of parts) {
    if (typeof part === 'string') {
      key[at] = tag.text
      at += 1 + key.write(part, at + 1)
      key[at++] = 0
    } else {
      key.set(numberBytes(part as number), at)
      at += 9
    }
  }
  return key
}

/** The key of exactly `parts` and all that have more parts after them. */
export function keysUnder(...parts: readonly KeyPart[]): KeyRange {
  const to = encodeParts(parts, 1)
  to[to.length - 1] = 0xff
  return { from: to.subarray(0, -1), to }
}

/** The keys that begin with `parts` and whose next part is a string that starts with `start`. */
export function keysStarting(parts: readonly KeyPart[], start: string): KeyRange {
  const prefix = Buffer.concat([encodeKey(...parts), ...piecesOf(start, false)])
  // 0xFF begins nothing that may follow: neither a character in UTF-8 nor the zero byte that ends or is escaped.
  return { from: prefix, to: Buffer.concat([prefix, Buffer.of(0xff)]) }
}

/** Reads the escaped content that begins at `from`; the position after its end comes with it. */
function unescaped(key: Buffer, from: number): { readonly content: Buffer; readonly next: number } {
  const pieces: Buffer[] = []
  let start = from
  for (;;) {
    const zero = key.indexOf(0, start)
    if (zero === -1) throw new RangeError('a key ends inside a part')
    if (key[zero + 1] !== 0xff) {
      pieces.push(key.subarray(start, zero))
      return { content: Buffer.concat(pieces), next: zero + 1 }
    }
    pieces.push(key.subarray(start, zero + 1))
    start = zero + 2
  }
}

function numberAt(key: Buffer, from: number): number {
  const bytes = Buffer.from(key.subarray(from, from + 8))
  const first = bytes[0] ?? 0
  if (first & 0x80) bytes[0] = first & 0x7f
  else for (let at = 0; at < 8; at++) bytes[at] = ~(bytes[at] ?? 0) & 0xff
  return bytes.readDoubleBE(0)
}

const ascii = /^[\0-\x7f]*$/

/** The text that is the part at `from` of a key, which is given as one character for each byte. */
export function textPartAt(key: string, from: number): string {
  const zero = key.indexOf('\0', from)
  if (key.charCodeAt(from) !== tag.text || zero === -1) throw new RangeError('a key has another part there')
  if (key.charCodeAt(zero + 1) === 0xff) return decodeKey(Buffer.from(key.slice(from), 'latin1'))[0] as string
  const text = key.slice(from + 1, zero)
  return ascii.test(text) ? text : Buffer.from(text, 'latin1').toString()
}

/** The parts that `encodeKey` was given. */
export function decodeKey(bytes: Bytes): KeyPart[] {
  const key = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const parts: KeyPart[] = []
  let at = 0
  while (at < key.length) {
    const kind = key[at]
    at++
    if (kind === tag.number) {
      parts.push(numberAt(key, at))
      at += 8
    } else if (kind === tag.yes || kind === tag.no) parts.push(kind === tag.yes)
    else if (kind === tag.text || kind === tag.bytes) {
      const zero = key.indexOf(0, at)
      if (kind === tag.text && zero !== -1 && key[zero + 1] !== 0xff) {
        // The usual text has no zero byte: lists read thousands of such keys.
        parts.push(key.toString('utf8', at, zero))
        at = zero + 1
        continue
      }
      const { content, next } = unescaped(key, at)
      parts.push(kind === tag.text ? content.toString() : content)
      at = next
    } else throw new RangeError(`no key part begins with ${kind}`)
  }
  return parts
}
