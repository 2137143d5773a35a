import { expect, test } from 'vitest'
import { matchingStep, totpCode } from '../../../../src/aws/iam/totp.ts'

const seed = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

// https://datatracker.ietf.org/doc/html/rfc6238#appendix-B, the last six of its eight digits.
test.each([
  [59, '287082'],
  [1111111109, '081804'],
  [1111111111, '050471'],
  [1234567890, '005924'],
  [2000000000, '279037'],
  [20000000000, '353130'],
])('at second %i', (seconds, code) => {
  expect(totpCode(seed, Math.floor(seconds / 30))).toBe(code)
})

test('a code counts near its half minute, and once', () => {
  const step = 37_037_036
  const now = step * 30_000 + 1
  const code = totpCode(seed, step)
  expect([
    matchingStep({ seed }, code, now),
    matchingStep({ seed }, code, now + 60_000),
    matchingStep({ seed }, code, now + 90_000),
    matchingStep({ seed, lastStep: step }, code, now),
  ]).toEqual([step, step, undefined, undefined])
})
