import { expect, test } from 'vitest'
import { loadServiceFaces, loadServiceModel } from '../../../../src/aws/index.ts'
import { compilePattern } from '../../../../src/aws/protocols/java-pattern.ts'

test('every pattern of every model compiles', () => {
  const broken: string[] = []
  for (const { id } of loadServiceFaces())
    for (const [name, { pattern }] of Object.entries(loadServiceModel(id).shapes))
      if (pattern !== undefined && compilePattern(pattern) === undefined)
        broken.push(`${id}.${name}: ${pattern}`)
  expect(broken).toEqual([])
})

test.each([
  ['[\\p{Alpha}]+', 'abc', true],
  ['[\\p{Alpha}]+', 'ab1', false],
  ['\\p{Punct}', '!', true],
  ['[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*', 'Ærø 1', true],
  ['[\\w+=,.@-]+', 'a b', false],
  ['a|b', 'ab', false],
  ['(?i)all|[0-9]{12}', 'ALL', true],
  ['(?s).*', 'a\nb', true],
  ['[\\s\\S]*', 'a\nb', true],
  ['[\\u0009\\u000A\\u000D\\u0020-\\u00FF]*', 'ÿ', true],
])('%s matches %j: %s', (pattern, value, matches) => {
  expect(compilePattern(pattern)?.test(value)).toBe(matches)
})
