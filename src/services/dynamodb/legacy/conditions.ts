import type { ComparisonOperator } from '@aws-sdk/client-dynamodb'
import { invalidParameter, validationException } from '../errors.ts'
import type { Condition } from '../expressions/index.ts'
import type { AttributeType, AttributeValue } from '../values/attribute-value.ts'
import { typeOf } from '../values/attribute-value.ts'
import { checkValue } from '../values/check-value.ts'
import { compareValues } from '../values/compare.ts'

/** `KeyConditions`, `QueryFilter`, `ScanFilter`: an operator and its operands by attribute. */
export type LegacyConditions = Readonly<Record<string, LegacyCondition>>

export interface LegacyCondition {
  readonly ComparisonOperator?: ComparisonOperator | undefined
  readonly AttributeValueList?: readonly AttributeValue[] | undefined
}

const operandCounts: Readonly<Record<ComparisonOperator, readonly [least: number, most: number]>> = {
  NULL: [0, 0],
  NOT_NULL: [0, 0],
  EQ: [1, 1],
  NE: [1, 1],
  LE: [1, 1],
  LT: [1, 1],
  GE: [1, 1],
  GT: [1, 1],
  CONTAINS: [1, 1],
  NOT_CONTAINS: [1, 1],
  BEGINS_WITH: [1, 1],
  IN: [1, Number.POSITIVE_INFINITY],
  BETWEEN: [2, 2],
}

const scalars: readonly AttributeType[] = ['S', 'N', 'B']
const everyType: readonly AttributeType[] = ['S', 'N', 'B', 'SS', 'NS', 'BS', 'L', 'M', 'BOOL', 'NULL']

/** The types that an operator compares with. */
function operandTypes(operator: ComparisonOperator): readonly AttributeType[] {
  if (operator === 'EQ' || operator === 'NE') return everyType
  return operator === 'BEGINS_WITH' ? ['S', 'B'] : scalars
}

/**
 * Checks conditions of the old kind in DynamoDB's order and words.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LegacyConditionalParameters.html
 */
export function checkConditions(conditions: LegacyConditions): void {
  for (const { ComparisonOperator: operator, AttributeValueList: values = [] } of Object.values(conditions)) {
    for (const value of values) {
      const problem = checkValue(value)
      if (problem !== undefined) throw validationException(problem)
    }
    if (operator === undefined) continue
    checkOperands(operator, values)
  }
}

/** Operands of one condition: how many, of one type, of a type that is compared, in order. */
export function checkOperands(operator: ComparisonOperator, values: readonly AttributeValue[]): void {
  checkCount(operator, values)
  const wrong = values.find(value => !operandTypes(operator).includes(typeOf(value)))
  if (wrong !== undefined) {
    throw invalidParameter(
      `ComparisonOperator ${operator} is not valid for ${typeOf(wrong)} AttributeValue type`,
    )
  }
  checkRange(operator, values)
}

function checkCount(operator: ComparisonOperator, values: readonly AttributeValue[]): void {
  const [least, most] = operandCounts[operator]
  if (values.length < least || values.length > most) {
    throw invalidParameter(`Invalid number of argument(s) for the ${operator} ComparisonOperator`)
  }
  const [first] = values
  if (first !== undefined && values.some(value => typeOf(value) !== typeOf(first))) {
    throw invalidParameter('AttributeValues inside AttributeValueList must be of same type')
  }
}

/** BETWEEN takes its bounds in order. */
function checkRange(operator: ComparisonOperator, [low, high]: readonly AttributeValue[]): void {
  if (operator !== 'BETWEEN' || low === undefined || high === undefined) return
  if ((compareValues(low, high) ?? 0) > 0) {
    throw validationException(
      'The BETWEEN condition was provided a range where the lower bound is greater than the upper bound',
    )
  }
}

/** The condition that all (or, with `OR`, one) of the old ones amount to; undefined for none. */
export function toCondition(
  conditions: LegacyConditions,
  operator: 'AND' | 'OR' = 'AND',
): Condition | undefined {
  const all = Object.entries(conditions).map(([name, condition]) =>
    testOf(name, condition.ComparisonOperator ?? 'EQ', condition.AttributeValueList ?? []),
  )
  return all.length === 0 ? undefined : joined(all, operator === 'OR' ? 'or' : 'and')
}

/** Conditions joined two by two. */
export function joined(conditions: readonly Condition[], kind: 'and' | 'or'): Condition {
  return conditions.reduce((left, right) => ({ kind, operands: [left, right] }))
}

const comparators = { EQ: '=', NE: '<>', LE: '<=', LT: '<', GE: '>=', GT: '>' } as const

/** One old condition as a condition of the new kind. */
export function testOf(
  name: string,
  operator: ComparisonOperator,
  values: readonly AttributeValue[],
): Condition {
  const path = { kind: 'path', path: [name] } as const
  const operands = values.map(value => ({ kind: 'value', name: '', value }) as const)
  const [first, second] = operands
  if (operator === 'NULL') return { kind: 'call', name: 'attribute_not_exists', operands: [path] }
  if (operator === 'NOT_NULL') return { kind: 'call', name: 'attribute_exists', operands: [path] }
  if (first === undefined) throw new Error(`${operator} without operands got past the checks`)
  if (operator === 'IN') return { kind: 'in', operands: [path, ...operands] }
  if (operator === 'BEGINS_WITH') return { kind: 'call', name: 'begins_with', operands: [path, first] }
  const contains = { kind: 'call', name: 'contains', operands: [path, first] } as const
  if (operator === 'CONTAINS') return contains
  if (operator === 'NOT_CONTAINS') {
    const exists = { kind: 'call', name: 'attribute_exists', operands: [path] } as const
    return { kind: 'and', operands: [exists, { kind: 'not', operand: contains }] }
  }
  if (operator !== 'BETWEEN')
    return { kind: 'compare', comparator: comparators[operator], operands: [path, first] }
  if (second === undefined) throw new Error('BETWEEN without bounds got past the checks')
  return { kind: 'between', operands: [path, first, second] }
}
