import { type Code, unsigned } from './instructions.ts'

/** A function of a module: integers in, an integer out; its variables are more integers, and vectors behind them. */
export interface ModuleFunction {
  readonly name: string
  readonly parameters: number
  readonly integers: number
  readonly vectors: number
  readonly body: Code
}

const int32 = 0x7f
const vector = 0x7b

const list = (items: readonly (readonly number[])[]): number[] => [...unsigned(items.length), ...items.flat()]
const section = (id: number, content: readonly number[]): number[] => [
  id,
  ...unsigned(content.length),
  ...content,
]
const name = (text: string): number[] => list([...Buffer.from(text)].map(byte => [byte]))

/** The bytes of a WebAssembly module with `functions` and a `memory`. */
export function moduleOf(functions: readonly ModuleFunction[]): Uint8Array<ArrayBuffer> {
  const types = functions.map(({ parameters }) => [
    0x60,
    ...list(Array.from({ length: parameters }, () => [int32])),
    ...list([[int32]]),
  ])
  const codes = functions.map(({ integers, vectors, body }) => {
    const variables = list([
      [...unsigned(integers), int32],
      [...unsigned(vectors), vector],
    ])
    const bytes = [...variables, ...body(0), 0x0b]
    return [...unsigned(bytes.length), ...bytes]
  })
  return new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, list(types)),
    ...section(3, list(functions.map((_, index) => unsigned(index)))),
    ...section(5, list([[0, 1]])),
    ...section(
      7,
      list([
        [...name('memory'), 2, 0],
        ...functions.map((made, index) => [...name(made.name), 0, ...unsigned(index)]),
      ]),
    ),
    ...section(10, list(codes)),
  ])
}
