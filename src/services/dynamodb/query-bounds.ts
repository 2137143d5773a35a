import { validationException } from './errors.ts'
import type { KeyTest } from './expressions/index.ts'
import { beginsWith } from './expressions/index.ts'
import type { KeyBounds } from './key-range.ts'
import type { KeyAttribute, KeySchema } from './table.ts'
import type { AttributeValue, Item } from './values/attribute-value.ts'
import { compareValues, valuesEqual } from './values/compare.ts'

/** What a query asks of each attribute; old key conditions may ask what no key can be searched by. */
export type KeyTests = ReadonlyMap<string, KeyTest | 'unsearchable'>

/**
 * Fits a query's tests to a key: every partition attribute by equality, sort attributes from the left without gaps.
 * Attribute by attribute the starting key is checked before the test, as DynamoDB does it (recorded by dynalite).
 */
export function queryBounds(
  key: KeySchema,
  tests: KeyTests,
  checkStart: (attribute: KeyAttribute) => void = () => {},
): KeyBounds {
  if (key.hash.length > 1 || key.range.length > 1) checkManyTests(key, tests)
  const hash = key.hash.map(attribute => {
    checkStart(attribute)
    if (key.range.length === 0 && tests.size > key.hash.length)
      throw validationException('Query key condition not supported')
    const test = requireTest(tests, attribute)
    if (test.operator !== '=') throw validationException('Query key condition not supported')
    return test.values[0] as AttributeValue
  })
  const range: KeyTest[] = []
  let left = tests.size - hash.length
  for (const attribute of key.range) {
    checkStart(attribute)
    if (left === 0) continue
    const test = requireTest(tests, attribute)
    if (range.some(one => one.operator !== '='))
      throw validationException('Query key condition not supported')
    range.push(test)
    left--
  }
  if (left > 0) throw validationException('Query key condition not supported')
  return { hash, range }
}

/**
 * What is asked of a key of several attributes. Words of the sort attributes: nubo-db/dynamodb-conformance, recorded in
 * 2026; of the partition's: assumed after them.
 */
function checkManyTests(key: KeySchema, tests: KeyTests): void {
  const isEqual = ({ name }: KeyAttribute): boolean => {
    const test = tests.get(name)
    return test !== undefined && test !== 'unsearchable' && test.operator === '='
  }
  const open = key.hash.filter(attribute => !isEqual(attribute)).map(({ name }) => name)
  if (open.length > 0) {
    throw validationException(
      `HASH key attributes ${open.join(', ')} must have equality conditions specified in the query`,
    )
  }
  const gap = key.range.findIndex(attribute => !isEqual(attribute))
  const later = gap === -1 ? undefined : key.range.slice(gap + 1).find(({ name }) => tests.has(name))
  if (later === undefined) return
  throw validationException(
    `RANGE key attributes ${key.range[gap]?.name} must have equality conditions specified in the query because a condition is present on key attribute ${later.name}`,
  )
}

function requireTest(tests: KeyTests, { name, type }: KeyAttribute): KeyTest {
  const test = tests.get(name)
  if (test === undefined) throw validationException(`Query condition missed key schema element: ${name}`)
  if (test === 'unsearchable')
    throw validationException('Attempted conditional constraint is not an indexable operation')
  for (const value of test.values) {
    if (!(type in value)) {
      throw validationException(
        'One or more parameter values were invalid: Condition parameter type does not match schema type',
      )
    }
    if (('S' in value && value.S === '') || ('B' in value && value.B === '')) {
      throw validationException(
        `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ${type === 'B' ? 'binary' : 'string'} value. Key: ${name}`,
      )
    }
  }
  return test
}

/** Checks that a starting key lies within what is queried. */
export function checkWithinBounds(key: KeySchema, { hash, range }: KeyBounds, startKey: Item): void {
  const samePartition = key.hash.every(({ name }, index) => {
    const [start, asked] = [startKey[name], hash[index]]
    return start !== undefined && asked !== undefined && valuesEqual(start, asked)
  })
  if (range.length === 0) {
    if (!samePartition) {
      throw validationException(
        'The provided starting key is outside query boundaries based on provided conditions',
      )
    }
    return
  }
  const matches = range.every((test, index) => {
    const value = startKey[key.range[index]?.name ?? '']
    return value !== undefined && meets(test, value)
  })
  if (!matches) throw validationException('The provided starting key does not match the range key predicate')
  if (!samePartition) {
    throw validationException('The query can return at most one row and cannot be restarted')
  }
}

function meets({ operator, values }: KeyTest, value: AttributeValue): boolean {
  const [first, second] = values
  if (first === undefined) return false
  const order = compareValues(value, first)
  if (order === undefined) return false
  switch (operator) {
    case '=':
      return order === 0
    case '<':
      return order < 0
    case '<=':
      return order <= 0
    case '>':
      return order > 0
    case '>=':
      return order >= 0
    case 'begins_with':
      return beginsWith(value, first)
    case 'between':
      return order >= 0 && second !== undefined && (compareValues(value, second) ?? 1) <= 0
  }
}
