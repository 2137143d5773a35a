import {
  add,
  and,
  bitmask,
  bytes,
  bytesAtLeast,
  bytesAtMost,
  type Code,
  differs,
  equal,
  equalBytes,
  isAbove,
  isAtMost,
  isBelow,
  isZero,
  type Jump,
  type Local,
  loadByte,
  loadVector,
  loadWord,
  local,
  or,
  orVectors,
  repeat,
  sequence,
  shiftRight,
  subtract,
  trailingZeros,
  vectorBytes,
  when,
  whileTrue,
} from './instructions.ts'

/** What a scan found out, as bits. */
export const found = { valid: 1, spaced: 2, respelled: 4, escaped: 8 } as const

/** The variables that the passing of a token works on. */
export interface Reader {
  /** Where the text begins in memory. */
  readonly textAt: number
  /** Where in the text the reader stands. */
  readonly at: Local
  /** The byte there, or what was last read. */
  readonly unit: Local
  readonly flags: Local
  readonly mask: Local
  readonly first: Local
  readonly point: Local
  readonly length: Local
  readonly vector: Local
}

const quote = 0x22
const backslash = 0x5c

/** The letter's byte. */
export const byteOf = (character: string): number => character.charCodeAt(0)

export function createReader(textAt: number, firstInteger: number, vector: number): Reader {
  const [at, unit, flags, mask, first, point, length] = Array.from({ length: 7 }, (_, index) =>
    local(firstInteger + index),
  ) as [Local, Local, Local, Local, Local, Local, Local]
  return { textAt, at, unit, flags, mask, first, point, length, vector: local(vector) }
}

const byte = ({ at, textAt }: Reader, distance = 0): Code => loadByte(at, textAt + distance)
const read = (reader: Reader): Code => reader.unit.set(byte(reader))
const note = ({ flags }: Reader, bit: number): Code => flags.set(or(flags, bit))
const isDigit = (unit: Code): Code => isBelow(subtract(unit, byteOf('0')), 10)

/** Goes to the first byte here or further on that `matches` has set. */
function seek({ at, mask, vector, textAt }: Reader, matches: (vector: Code) => Code): Code {
  return sequence(
    repeat(leave => [
      vector.set(loadVector(at, textAt)),
      when(mask.keep(bitmask(matches(vector))), [leave]),
      at.add(vectorBytes),
    ]),
    at.add(trailingZeros(mask)),
  )
}

/** Passes blanks, if there are any, and reads what stands behind them. */
export function passBlanks(reader: Reader): Code {
  return sequence(
    read(reader),
    when(isAtMost(reader.unit, 32), [
      note(reader, found.spaced),
      seek(reader, vector => bytesAtLeast(vector, bytes(33))),
      read(reader),
    ]),
  )
}

/** Passes a string from its opening quote on; `fail` where an escape is none. */
export function passString(reader: Reader, fail: Jump): Code {
  const { at, unit } = reader
  return sequence(
    at.add(1),
    repeat(leave => [
      seek(reader, vector =>
        orVectors(
          orVectors(equalBytes(vector, bytes(quote)), equalBytes(vector, bytes(backslash))),
          bytesAtMost(vector, bytes(31)),
        ),
      ),
      read(reader),
      when(equal(unit, quote), [leave]),
      when(
        equal(unit, backslash),
        [
          note(reader, found.escaped),
          unit.set(byte(reader, 1)),
          when(equal(unit, byteOf('u')), [when(isZero(isHexadecimal(reader)), [fail])]),
          when(isZero(isPlainEscape(unit)), [note(reader, found.respelled)]),
          at.add(2),
        ],
        [note(reader, found.respelled), at.add(1)],
      ),
    ]),
    at.add(1),
  )
}

/** Whether four hexadecimal digits stand behind `\u`. */
function isHexadecimal(reader: Reader): Code {
  const digits = [2, 3, 4, 5].map(distance =>
    or(isDigit(byte(reader, distance)), isBelow(subtract(or(byte(reader, distance), 0x20), byteOf('a')), 6)),
  )
  return digits.reduce((all, digit) => and(all, digit))
}

/** Escapes that are written again just so: a bit for each behind the backslash, and the quote. */
function isPlainEscape(unit: Code): Code {
  const letters = [...'\\bfnrt'].reduce((bits, letter) => bits | (1 << (byteOf(letter) - backslash)), 0)
  const distance = subtract(unit, backslash)
  return or(equal(unit, quote), and(isBelow(distance, 32), and(shiftRight(letters, distance), 1)))
}

/** Passes `true`, `false` or `null`. */
export function passWord(reader: Reader, fail: Jump): Code {
  const { at, textAt, unit } = reader
  const word = (text: string): number => Buffer.from(text).readInt32LE()
  return sequence(
    unit.set(loadWord(at, textAt)),
    when(
      equal(unit, word('fals')),
      [when(differs(byte(reader, 4), byteOf('e')), [fail]), at.add(5)],
      [when(and(differs(unit, word('true')), differs(unit, word('null'))), [fail]), at.add(4)],
    ),
  )
}

/** Passes a number and finds out whether Java prints it as it is written. */
export function passNumber(reader: Reader, fail: Jump): Code {
  const { at, unit, first, point, length, textAt } = reader
  const next = sequence(at.add(1), read(reader))
  const digits = whileTrue(isDigit(unit), [next])
  const respelled = note(reader, found.respelled)
  // Here `point` is where the number begins: with its sign or without.
  const leading = or(isAbove(length, 1), and(isAbove(first, point), differs(unit, byteOf('.'))))
  return sequence(
    point.set(at),
    when(equal(unit, byteOf('-')), [next]),
    first.set(at),
    digits,
    length.set(subtract(at, first)),
    when(isZero(length), [fail]),
    when(and(equal(loadByte(first, textAt), byteOf('0')), leading), [respelled]),
    when(equal(unit, byteOf('.')), [
      point.set(at),
      next,
      digits,
      when(isZero(printsAsWritten(reader)), [respelled]),
    ]),
    when(equal(or(unit, 0x20), byteOf('e')), [
      respelled,
      next,
      when(or(equal(unit, byteOf('+')), equal(unit, byteOf('-'))), [next]),
      first.set(at),
      digits,
      when(equal(at, first), [fail]),
    ]),
  )
}

/** A short decimal between 0.001 and 10^7 without a superfluous zero: Java prints just that. */
function printsAsWritten(reader: Reader): Code {
  const { at, first, point, length, textAt } = reader
  const fraction = subtract(subtract(at, point), 1)
  const zero = byteOf('0')
  const small = [
    equal(length, 1),
    equal(loadByte(first, textAt), zero),
    equal(loadByte(point, textAt + 1), zero),
    equal(loadByte(point, textAt + 2), zero),
  ].reduce((all, part) => and(all, part))
  return [
    isAbove(fraction, 0),
    isBelow(length, 8),
    isBelow(add(length, fraction), 16),
    or(isBelow(fraction, 2), differs(loadByte(subtract(at, 1), textAt), zero)),
    isZero(small),
  ].reduce((all, part) => and(all, part))
}
