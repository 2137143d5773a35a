import { expect, test } from 'vitest'
import {
  decodeKey,
  encodeKey,
  type KeyPart,
  type KeyRange,
  keysStarting,
  keysUnder,
  textPartAt,
} from '../../../src/stores/index.ts'

const order = (...keys: KeyPart[][]): KeyPart[][] =>
  keys
    .map(parts => Buffer.from(encodeKey(...parts)))
    .toSorted(Buffer.compare)
    .map(key => decodeKey(key))

const inside = (range: KeyRange, ...parts: KeyPart[]): boolean => {
  const key = encodeKey(...parts)
  return Buffer.compare(key, range.from) >= 0 && Buffer.compare(key, range.to) < 0
}

test('parts come back as they were', () => {
  const keys: KeyPart[][] = [
    [],
    [''],
    ['', ''],
    ['a\0', '\0b', '\0\0'],
    ['é', '𝄞', '\u{10ffff}'],
    [0, -1, 1.5, -1e300, Number.MAX_SAFE_INTEGER, Number.POSITIVE_INFINITY],
    [true, false, 'x', 3],
  ]
  expect(keys.map(parts => decodeKey(encodeKey(...parts)))).toEqual(keys)
  const raw = Buffer.from([0, 255, 0, 0, 1])
  expect(decodeKey(encodeKey(raw, 'after'))).toEqual([raw, 'after'])
})

test('one part is read out of a key that is given as text', () => {
  const after = encodeKey('first\u{e9}').length
  for (const part of ['', 'plain', 'é𝄞', 'a\0b', '\0']) {
    const key = Buffer.from(encodeKey('first\u{e9}', part, -7)).toString('latin1')
    expect(textPartAt(key, after)).toBe(part)
  }
  expect(() => textPartAt(Buffer.from(encodeKey('a', 1)).toString('latin1'), 3)).toThrow('another part')
})

test('keys sort by their first part, then by the second', () => {
  const sorted: KeyPart[][] = [
    ['a'],
    ['a', ''],
    ['a', 'z'],
    ['a', 1],
    ['a\0', 'b'],
    ['a\0b'],
    ['aa', 'a'],
    ['b'],
    ['é'],
    ['\uffff'],
    ['\u{10000}'],
  ]
  expect(order(...sorted.toReversed())).toEqual(sorted)
})

test('numbers sort by value', () => {
  const numbers = [Number.NEGATIVE_INFINITY, -1e300, -2, -1.5, -1, -5e-324, 0, 5e-324, 1, 1.5, 2, 10, 1e300]
  expect(order(...numbers.toReversed().map(value => [value]))).toEqual(numbers.map(value => [value]))
  expect(encodeKey(-0)).toEqual(encodeKey(0))
  expect(() => encodeKey(Number.NaN)).toThrow('NaN')
})

test('ranges take in what is under some parts and nothing beside', () => {
  const under = keysUnder('a', 'b')
  expect(
    [
      ['a', 'b'],
      ['a', 'b', 'c'],
      ['a', 'b', 1],
      ['a', 'bc'],
      ['a', 'b\0'],
      ['a'],
      ['a', 'a', 'z'],
      ['b'],
    ].map(parts => inside(under, ...parts)),
  ).toEqual([true, true, true, false, false, false, false, false])
  const starting = keysStarting(['a'], 'b')
  expect(
    [['a', 'b'], ['a', 'b\0c', 'd'], ['a', 'b\u{10ffff}'], ['a', 'c'], ['a', 'a'], ['ab'], ['a', 1]].map(
      parts => inside(starting, ...parts),
    ),
  ).toEqual([true, true, true, false, false, false, false])
})

test('a damaged key is refused', () => {
  expect(() => decodeKey(Buffer.from([2, 65]))).toThrow('inside a part')
  expect(() => decodeKey(Buffer.from([99]))).toThrow('no key part begins with 99')
})
