/**
 * A piece of a WebAssembly function: its bytes, given how many blocks are open around it.
 * https://webassembly.github.io/spec/core/binary/instructions.html
 */
export type Code = (depth: number) => readonly number[]

/** What an instruction works on: another one's result, or a constant. */
export type Operand = Code | number

/** A variable of the function: itself the instruction that reads it. */
export interface Local extends Code {
  readonly set: (value: Operand) => Code
  readonly add: (value: Operand) => Code
  /** Sets it, and is its new value. */
  readonly keep: (value: Operand) => Code
}

/** Bytes of one vector. */
export const vectorBytes = 16

const noValue = 0x40
const vectors = 0xfd

/** A number as WebAssembly writes it: seven bits a byte, the sign in the last. */
function signed(value: number): number[] {
  const bytes: number[] = []
  for (let rest = value | 0; ; rest >>= 7) {
    const byte = rest & 0x7f
    const last = (rest >> 7 === 0 && (byte & 0x40) === 0) || (rest >> 7 === -1 && (byte & 0x40) !== 0)
    bytes.push(last ? byte : byte | 0x80)
    if (last) return bytes
  }
}

/** A length or an index: as `signed`, without sign. */
export function unsigned(value: number): number[] {
  const bytes: number[] = []
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 0x80) return [...bytes, rest]
    bytes.push((rest & 0x7f) | 0x80)
  }
}

const code = (value: Operand): Code => (typeof value === 'number' ? () => [0x41, ...signed(value)] : value)

/** Instructions one behind the other. */
export const sequence =
  (...steps: readonly Code[]): Code =>
  depth =>
    steps.flatMap(step => step(depth))

const instruction =
  (...bytes: readonly number[]) =>
  (...operands: readonly Operand[]): Code =>
  depth => [...operands.flatMap(operand => code(operand)(depth)), ...bytes]

export function local(index: number): Local {
  const read: Code = () => [0x20, index]
  const set = (value: Operand): Code => instruction(0x21, index)(value)
  const keep = (value: Operand): Code => instruction(0x22, index)(value)
  return Object.assign(read, { set, keep, add: (value: Operand) => set(add(read, value)) })
}

export const isZero = instruction(0x45)
export const equal = instruction(0x46)
export const differs = instruction(0x47)
export const isBelow = instruction(0x49)
export const isAbove = instruction(0x4b)
export const isAtMost = instruction(0x4d)
export const trailingZeros = instruction(0x68)
export const add = instruction(0x6a)
export const subtract = instruction(0x6b)
export const and = instruction(0x71)
export const or = instruction(0x72)
export const xor = instruction(0x73)
export const shiftLeft = instruction(0x74)
export const shiftRight = instruction(0x76)
export const give = instruction(0x0f)

/** Memory at an address and a fixed distance from it. */
export const loadByte = (address: Operand, distance = 0): Code =>
  instruction(0x2d, 0, ...unsigned(distance))(address)
export const loadWord = (address: Operand, distance = 0): Code =>
  instruction(0x28, 0, ...unsigned(distance))(address)
export const storeWord = (address: Operand, value: Operand, distance = 0): Code =>
  instruction(0x36, 0, ...unsigned(distance))(address, value)
export const loadVector = (address: Operand, distance = 0): Code =>
  instruction(vectors, 0x00, 0, ...unsigned(distance))(address)
export const storeVector = (address: Operand, value: Code, distance = 0): Code =>
  instruction(vectors, 0x0b, 0, ...unsigned(distance))(address, value)

/** A vector with the same byte everywhere; of half as many values of 16 bits with `shorts`. */
export const bytes =
  (value: number): Code =>
  () => [vectors, 0x0c, ...Array.from({ length: vectorBytes }, () => value)]
export const shorts =
  (value: number): Code =>
  () => [vectors, 0x0c, ...Array.from({ length: vectorBytes / 2 }, () => [value & 0xff, value >> 8]).flat()]
export const equalBytes = instruction(vectors, 0x23)
export const bytesAtMost = instruction(vectors, 0x2a)
export const bytesAtLeast = instruction(vectors, 0x2c)
export const shortsAbove = instruction(vectors, 0x32)
export const andVectors = instruction(vectors, 0x4e)
export const orVectors = instruction(vectors, 0x50)
/** A bit for each byte: its highest. */
export const bitmask = instruction(vectors, 0x64)
export const narrow = instruction(vectors, 0x66)

/** Leaves the block that it belongs to, or goes back to the beginning of its loop. */
export type Jump = Code

const jumpTo =
  (target: number): Jump =>
  depth => [0x0c, ...unsigned(depth - target)]

/** Runs `body`, which may leave early. */
export const block =
  (body: (leave: Jump) => readonly Code[]): Code =>
  depth => [0x02, noValue, ...sequence(...body(jumpTo(depth + 1)))(depth + 1), 0x0b]

/** Runs `body` again and again, until it leaves. */
export const repeat = (body: (leave: Jump, again: Jump) => readonly Code[]): Code =>
  block(leave => [
    depth => {
      const again = jumpTo(depth + 1)
      return [0x03, noValue, ...sequence(...body(leave, again), again)(depth + 1), 0x0b]
    },
  ])

export const when =
  (condition: Operand, steps: readonly Code[], otherwise: readonly Code[] = []): Code =>
  depth => [
    ...code(condition)(depth),
    0x04,
    noValue,
    ...sequence(...steps)(depth + 1),
    ...(otherwise.length === 0 ? [] : [0x05, ...sequence(...otherwise)(depth + 1)]),
    0x0b,
  ]

export const whileTrue = (condition: Operand, steps: readonly Code[]): Code =>
  repeat(leave => [when(isZero(condition), [leave]), ...steps])
