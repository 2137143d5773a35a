import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { itemToBytes } from '../../../../src/services/dynamodb/item-text.ts'
import { keptAttributes } from '../../../../src/services/dynamodb/kept-attributes.ts'
import type { Item } from '../../../../src/services/dynamodb/values/attribute-value.ts'
import { partitionHash } from '../../../../src/services/dynamodb/values/partition-hash.ts'

const rowOf = (item: Item): string => itemToBytes(item).toString('latin1')

test.each<[string, Item]>([
  ['in front', { pk: { S: 'a' }, sk: { N: '7' }, more: { S: 'x' } }],
  [
    'behind what looks like them',
    { m: { M: { pk: { S: 'no' }, l: { L: [{ S: '"pk":{' }] } } }, sk: { N: '7' }, pk: { S: 'a' } },
  ],
  ['behind quotes, backslashes and braces', { text: { S: '"}\\"{\\\\' }, pk: { S: '\\' }, sk: { N: '7' } }],
  ['in other letters', { ü: { S: 'ö' }, pk: { S: 'ß€😀"' }, sk: { N: '7' } }],
])('keys are found %s', (_, item) => {
  expect({ ...keptAttributes(rowOf(item), ['sk', 'pk']) }).toEqual({ pk: item['pk'], sk: item['sk'] })
})

test('names may be anything, and attributes may be missing', () => {
  const item = JSON.parse(
    '{"a\\"b":{"S":"1"},"__proto__":{"S":"2"},"ключ":{"B":"AA=="},"":{"BOOL":true}}',
  ) as Item
  const names = ['a"b', '__proto__', 'ключ', 'none']
  expect(Object.entries(keptAttributes(rowOf(item), names))).toEqual([
    ['a"b', { S: '1' }],
    ['__proto__', { S: '2' }],
    ['ключ', { B: 'AA==' }],
  ])
  expect({ ...keptAttributes(rowOf({}), ['pk']) }).toEqual({})
})

test.each([
  ...Array.from({ length: 70 }, (_, length) => 'x'.repeat(length)),
  'ü'.repeat(23),
  'ü'.repeat(24),
  '€'.repeat(15),
  '€'.repeat(16),
  '😀'.repeat(12),
])('the hash of %j is MD5', text => {
  expect(Buffer.from(partitionHash({ S: text }), 'latin1').toString('hex')).toBe(
    createHash('md5').update(`Outliers${text}`).digest('hex'),
  )
})
