import { validationException } from '../errors.ts'
import type { KeyTest } from '../expressions/index.ts'
import type { LegacyConditions } from './conditions.ts'

const operators: Readonly<Record<string, KeyTest['operator']>> = {
  EQ: '=',
  LT: '<',
  LE: '<=',
  GT: '>',
  GE: '>=',
  BEGINS_WITH: 'begins_with',
  BETWEEN: 'between',
}

/** `KeyConditions`, the old form of a key condition, by attribute; they were checked as conditions already. */
export function legacyKeyTests(conditions: LegacyConditions): ReadonlyMap<string, KeyTest> {
  const tests = new Map<string, KeyTest>()
  for (const [name, condition] of Object.entries(conditions)) {
    const operator = operators[condition.ComparisonOperator ?? '']
    if (operator === undefined) {
      throw validationException('Attempted conditional constraint is not an indexable operation')
    }
    tests.set(name, { operator, values: condition.AttributeValueList ?? [] })
  }
  return tests
}
