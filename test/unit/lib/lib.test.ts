import { expect, test } from 'vitest'
import { codeFrame, nearestName } from '../../../src/lib/index.ts'

test('a code frame marks line and column and keeps tabs', () => {
  expect(codeFrame('a\n\tb: c\nd\ne\nf', 2, 2)).toBe('  1 | a\n> 2 | \tb: c\n    | \t^\n  3 | d\n  4 | e')
})

test('the nearest name is found within a third of its length', () => {
  expect(nearestName('greting', ['greeting', 'orders'])).toBe('greeting')
  expect(nearestName('prot', ['host', 'port'])).toBe('port')
  expect(nearestName('xyz', ['greeting', 'orders'])).toBeUndefined()
})
