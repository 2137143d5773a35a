import { expect, test } from 'vitest'
import { jsonRefusal } from '../../../src/lambda/json-refusal.ts'

const value = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')"

test.each([
  ['zz', `Unrecognized token 'zz': was expecting ${value}`, '1, column: 3'],
  [
    "{'a': 1}",
    "Unexpected character (''' (code 39)): was expecting double-quote to start field name",
    '1, column: 3',
  ],
  [
    '{,}',
    "Unexpected character (',' (code 44)): was expecting double-quote to start field name",
    '1, column: 3',
  ],
  [
    '{"a": 1,}',
    "Unexpected character ('}' (code 125)): was expecting double-quote to start field name",
    '1, column: 10',
  ],
  [
    '{"a" 1}',
    "Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value",
    '1, column: 7',
  ],
  [
    '{\n  "a": 1\n  "b": 2\n}',
    `Unexpected character ('"' (code 34)): was expecting comma to separate Object entries`,
    '3, column: 4',
  ],
  [
    '[1 2]',
    "Unexpected character ('2' (code 50)): was expecting comma to separate Array entries",
    '1, column: 5',
  ],
  ['{"a": }', `Unexpected character ('}' (code 125)): expected a valid value ${value}`, '1, column: 8'],
  ['{"a": it}', `Unrecognized token 'it': was expecting ${value}`, '1, column: 9'],
  ['[007]', 'Invalid numeric value: Leading zeroes not allowed', '1, column: 3'],
  [
    '["a\tb"]',
    'Illegal unquoted character ((CTRL-CHAR, code 9)): has to be escaped using backslash to be included in string value',
    '1, column: 5',
  ],
  ['"\\x"', "Unrecognized character escape 'x' (code 120)", '1, column: 4'],
  ['"open', 'Unexpected end-of-input: was expecting closing quote for a string value', '1, column: 6'],
] as const)('%s', (text, message, place) => {
  expect(() => JSON.parse(text)).toThrow()
  expect(jsonRefusal(text)).toBe(`${message}\n at [Source: (byte[])"${text}"; line: ${place}]`)
})

test('what was opened and not closed is named with its place', () => {
  expect(jsonRefusal('{"a": [1,')).toBe(
    'Unexpected end-of-input: expected close marker for Array (start marker at [Source: (byte[])"{"a": [1,"; line: 1, column: 7])\n at [Source: (byte[])"{"a": [1,"; line: 1, column: 10]',
  )
})

test('a long text is quoted in part', () => {
  expect(jsonRefusal('x'.repeat(600))).toMatch(
    /^Unrecognized token 'x{256}'.*"x{500}"\[truncated 100 bytes\]; /s,
  )
})

test.each(['null', '-1.5e+3', '0', '[]', '{}', ' {"a": [true, false, null, "\\u00e9", {"b": 1e3}]} '])(
  '%s is fine',
  text => {
    expect(jsonRefusal(text)).toBeUndefined()
  },
)

test('nothing that JSON takes is refused, and what it refuses has words', () => {
  const pieces = [
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '1',
    '-',
    '0',
    'true',
    'nul',
    ' ',
    '"',
    '\\',
    '.5',
    'e',
  ]
  let seed = 7
  const random = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return seed % below
  }
  for (let round = 0; round < 5_000; round++) {
    const text = Array.from({ length: 1 + random(8) }, () => pieces[random(pieces.length)]).join('')
    let valid = true
    try {
      JSON.parse(text)
    } catch {
      valid = false
    }
    expect([text, jsonRefusal(text) === undefined]).toEqual([text, valid])
  }
})
