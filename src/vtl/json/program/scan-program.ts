import {
  and,
  type Code,
  differs,
  equal,
  give,
  isBelow,
  isZero,
  type Jump,
  loadByte,
  loadWord,
  local,
  or,
  repeat,
  sequence,
  shiftLeft,
  shiftRight,
  storeWord,
  subtract,
  when,
  whileTrue,
  xor,
} from './instructions.ts'
import { type ModuleFunction, moduleOf } from './module.ts'
import { narrowing } from './narrow-text.ts'
import { byteOf, createReader, found, passBlanks, passNumber, passString, passWord } from './tokens.ts'

/** Deeper than this nobody means it; the scan in JavaScript has the same bounds. */
const deepest = 1000
const mostNames = 64

/** Open objects and lists: where each stands in the tape, and what is known of the names around it. */
const frameBytes = 16
const frame = { open: 0, seen: 4, firstName: 8, inObject: 12 } as const
/** Names of the objects that are open: a mark, and where it begins. */
const nameBytes = 8
const namesAt = deepest * frameBytes

/** Where the text begins in the program's memory. */
export const textAt = namesAt + (deepest + 1) * mostNames * nameBytes

/** What a scan answers that cannot tell whether a name comes twice, because the text was narrowed. */
export const unsure = -1

/** How many values a tape has at most for a text: one a unit, two for each object or list that never ends. */
export function longestTape(length: number): number {
  return length + 2 * deepest + 16
}

const quote = 0x22
const [length, tapeAt, narrowed] = [local(0), local(1), local(2)]
const reader = createReader(textAt, 3, 21)
const { at, unit, flags } = reader
const [top, depth, inObject, seenNames] = [local(10), local(11), local(12), local(13)]
const [firstName, nameEnd, start, mark, bit] = [local(14), local(15), local(16), local(17), local(18)]
const [name, index] = [local(19), local(20)]

/** The place in the tape, counted as JavaScript does. */
const place = shiftRight(subtract(top, tapeAt), 2)
const isOpening = equal(or(unit, 0x20), byteOf('{'))
/** `}` and `]` differ in one bit, just as what opens. */
const closing = or(0x5d, shiftLeft(inObject, 5))

/** Notes a name whose mark no other of its object has; compares it with those that have the same. */
function noteName(fail: Jump): Code {
  const hash = xor(mark, xor(shiftRight(mark, 8), shiftRight(mark, 14)))
  return sequence(
    mark.set(
      xor(
        shiftLeft(subtract(at, start), 16),
        xor(shiftLeft(loadByte(start, textAt + 1), 8), loadByte(subtract(at, 2), textAt)),
      ),
    ),
    bit.set(shiftLeft(1, hash)),
    when(and(seenNames, bit), [
      name.set(firstName),
      whileTrue(isBelow(name, nameEnd), [
        when(equal(loadWord(name, namesAt), mark), [
          index.set(loadWord(name, namesAt + 4)),
          compareNames(fail),
        ]),
        name.add(nameBytes),
      ]),
    ]),
    seenNames.set(or(seenNames, bit)),
    when(
      isBelow(subtract(nameEnd, firstName), mostNames * nameBytes),
      [storeWord(nameEnd, mark, namesAt), storeWord(nameEnd, start, namesAt + 4), nameEnd.add(nameBytes)],
      [flags.set(or(flags, found.respelled))],
    ),
  )
}

/** Compares the name from `start` to `at` with the one that begins at `index`. */
function compareNames(fail: Jump): Code {
  return sequence(
    unit.set(start),
    whileTrue(and(isBelow(unit, at), equal(loadByte(unit, textAt), loadByte(index, textAt))), [
      unit.add(1),
      index.add(1),
    ]),
    when(equal(unit, at), [when(narrowed, [flags.set(unsure), fail]), flags.set(or(flags, found.respelled))]),
  )
}

function member(fail: Jump): Code {
  return sequence(
    passBlanks(reader),
    when(differs(unit, quote), [fail]),
    start.set(at),
    passString(reader, fail),
    noteName(fail),
    storeWord(top, start),
    storeWord(top, at, 4),
    top.add(8),
    passBlanks(reader),
    when(differs(unit, byteOf(':')), [fail]),
    at.add(1),
  )
}

/** Opens an object or a list; goes on with `next` unless it ends at once. */
function open(fail: Jump, next: Jump): Code {
  return sequence(
    when(equal(depth, deepest * frameBytes), [fail]),
    storeWord(depth, top, frame.open),
    storeWord(depth, seenNames, frame.seen),
    storeWord(depth, firstName, frame.firstName),
    storeWord(depth, inObject, frame.inObject),
    depth.add(frameBytes),
    top.add(8),
    inObject.set(equal(unit, byteOf('{'))),
    seenNames.set(0),
    firstName.set(nameEnd),
    at.add(1),
    passBlanks(reader),
    when(differs(unit, closing), [next]),
  )
}

function scalar(fail: Jump): Code {
  return sequence(
    when(
      equal(unit, quote),
      [passString(reader, fail)],
      [
        when(
          or(equal(unit, byteOf('t')), or(equal(unit, byteOf('f')), equal(unit, byteOf('n')))),
          [passWord(reader, fail)],
          [passNumber(reader, fail)],
        ),
      ],
    ),
    storeWord(top, at, 4),
    top.add(8),
  )
}

/** Closes what ends here; goes on with `next` behind a comma. */
function close(fail: Jump, next: Jump): Code {
  return repeat(() => [
    passBlanks(reader),
    when(isZero(depth), [when(differs(at, length), [fail]), give(or(flags, found.valid))]),
    when(equal(unit, byteOf(',')), [at.add(1), next]),
    when(differs(unit, closing), [fail]),
    at.add(1),
    depth.set(subtract(depth, frameBytes)),
    storeWord(loadWord(depth, frame.open), xor(place, -1), 4),
    storeWord(top, at),
    top.add(4),
    nameEnd.set(firstName),
    seenNames.set(loadWord(depth, frame.seen)),
    firstName.set(loadWord(depth, frame.firstName)),
    inObject.set(loadWord(depth, frame.inObject)),
  ])
}

const scan: ModuleFunction = {
  name: 'scan',
  parameters: 3,
  integers: 18,
  vectors: 1,
  body: sequence(
    top.set(tapeAt),
    repeat((fail, next) => [
      when(inObject, [member(fail)]),
      passBlanks(reader),
      storeWord(top, at),
      when(isOpening, [open(fail, next)], [scalar(fail)]),
      close(fail, next),
    ]),
    when(equal(flags, unsure), [give(unsure)]),
    give(0),
    () => [0x41, 0],
  ),
}

/**
 * The bytes of a WebAssembly module with `scan(length, tapeAt, narrowed)`, which does what `scanJson` does with a text in
 * its memory, sixteen bytes at a time in strings and blanks, and `narrow(from, length)`, which makes bytes of units of
 * 16 bits. JavaScript has no vectors: its walk takes twice as long.
 */
export function scanProgram(): Uint8Array<ArrayBuffer> {
  return moduleOf([scan, narrowing(textAt)])
}
