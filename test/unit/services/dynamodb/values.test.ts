import { Buffer } from 'node:buffer'
import { expect, test } from 'vitest'
import { compareValues, valuesEqual } from '../../../../src/services/dynamodb/values/compare.ts'
import { compareNumbers, normalizeNumber } from '../../../../src/services/dynamodb/values/decimal.ts'
import { itemSize } from '../../../../src/services/dynamodb/values/item-size.ts'
import { keyText } from '../../../../src/services/dynamodb/values/key-text.ts'

test.each([
  ['1.50', '1.5'],
  ['-0', '0'],
  ['1e2', '100'],
  ['.5', '0.5'],
  ['+007.100', '7.1'],
  ['1E-130', `0.${'0'.repeat(129)}1`],
  ['9.9E125', `99${'0'.repeat(124)}`],
])('%s is answered as %s', (text, expected) => {
  expect(normalizeNumber(text)).toBe(expected)
})

test('key bytes sort as numbers do', () => {
  const numbers = [
    '-9.9E125',
    '-1000',
    '-12.5',
    '-12',
    '-1',
    '-0.01',
    '-1E-130',
    '0',
    '1E-130',
    '0.01',
    '1',
    '1.01',
    '2',
    '10',
    '12',
    '12.5',
    '100',
    '9.9E125',
  ]
  for (const [index, low] of numbers.entries()) {
    for (const high of numbers.slice(index + 1)) {
      expect([low, high, keyText({ N: low }) < keyText({ N: high })]).toEqual([low, high, true])
      expect(compareNumbers(low, high)).toBeLessThan(0)
    }
  }
})

test('strings sort by UTF-8, which is not UTF-16 order', () => {
  expect(compareValues({ S: '\uffff' }, { S: '\u{10000}' })).toBe(-1)
  expect(compareValues({ S: 'a' }, { S: 'b' })).toBe(-1)
})

test('equality looks at the value, not at the text', () => {
  expect(valuesEqual({ NS: ['1', '2.0'] }, { NS: ['2', '1.00'] })).toBe(true)
  expect(valuesEqual({ M: { a: { N: '1' } } }, { M: { a: { N: '1' }, b: { NULL: true } } })).toBe(false)
})

test('sizes are counted as DynamoDB counts them', () => {
  expect(itemSize({ pk: { S: 'é' }, n: { N: '123' }, b: { B: Buffer.from('abc').toString('base64') } })).toBe(
    2 + 2 + 1 + 3 + 1 + 3,
  )
})
