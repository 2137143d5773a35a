import {
  add,
  andVectors,
  isBelow,
  loadVector,
  local,
  narrow,
  orVectors,
  sequence,
  shiftLeft,
  shorts,
  shortsAbove,
  storeVector,
  vectorBytes,
  whileTrue,
} from './instructions.ts'
import type { ModuleFunction } from './module.ts'

/**
 * Makes a byte of each unit of 16 bits: ASCII stays, all else gets the highest bit and keeps its lowest seven, by which
 * names mostly differ.
 */
export function narrowing(textAt: number): ModuleFunction {
  const [from, length, at] = [local(0), local(1), local(2)]
  const source = add(from, shiftLeft(at, 1))
  const half = (distance: number) =>
    orVectors(
      andVectors(loadVector(source, distance), shorts(0x7f)),
      andVectors(shortsAbove(loadVector(source, distance), shorts(0x7f)), shorts(0x80)),
    )
  return {
    name: 'narrow',
    parameters: 2,
    integers: 1,
    vectors: 0,
    body: sequence(
      whileTrue(isBelow(at, length), [
        storeVector(at, narrow(half(0), half(vectorBytes)), textAt),
        at.add(vectorBytes),
      ]),
      length,
    ),
  }
}
