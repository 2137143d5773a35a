import type { KeyTest } from '../expressions/index.ts'
import type { KeyTests } from '../query-bounds.ts'
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
export function legacyKeyTests(conditions: LegacyConditions): KeyTests {
  return new Map(
    Object.entries(conditions).map(([name, { ComparisonOperator, AttributeValueList = [] }]) => {
      const operator = operators[ComparisonOperator ?? '']
      return [name, operator === undefined ? 'unsearchable' : { operator, values: AttributeValueList }]
    }),
  )
}
