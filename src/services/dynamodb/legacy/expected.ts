import type { ComparisonOperator } from '@aws-sdk/client-dynamodb'
import { invalidParameter, validationException } from '../errors.ts'
import type { Condition } from '../expressions/index.ts'
import type { AttributeValue } from '../values/attribute-value.ts'
import { checkValue } from '../values/check-value.ts'
import { checkOperands, joined, testOf } from './conditions.ts'

/** `Expected`: what an item must look like for a write, in either of its two forms. */
export type Expected = Readonly<
  Record<
    string,
    {
      readonly Value?: AttributeValue | undefined
      readonly Exists?: boolean | undefined
      readonly ComparisonOperator?: ComparisonOperator | undefined
      readonly AttributeValueList?: readonly AttributeValue[] | undefined
    }
  >
>

type Expectation = Expected[string]

/**
 * Checks `Expected` in DynamoDB's order and words and gives the condition that it stands for.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LegacyConditionalParameters.Expected.html
 */
export function expectedCondition(expected: Expected, operator: 'AND' | 'OR' = 'AND'): Condition | undefined {
  const conditions = Object.entries(expected).map(([name, expectation]) => conditionOf(name, expectation))
  return conditions.length === 0 ? undefined : joined(conditions, operator === 'OR' ? 'or' : 'and')
}

function conditionOf(name: string, expectation: Expectation): Condition {
  const { Value, AttributeValueList, ComparisonOperator: operator } = expectation
  if (AttributeValueList !== undefined && Value !== undefined) {
    throw invalidParameter(`Value and AttributeValueList cannot be used together for Attribute: ${name}`)
  }
  if (operator !== undefined) return comparison(name, operator, expectation)
  if (AttributeValueList !== undefined) {
    throw invalidParameter(
      `AttributeValueList can only be used with a ComparisonOperator for Attribute: ${name}`,
    )
  }
  return existence(name, expectation)
}

function comparison(name: string, operator: ComparisonOperator, expectation: Expectation): Condition {
  const { Value, AttributeValueList, Exists } = expectation
  if (Exists !== undefined) {
    throw invalidParameter(`Exists and ComparisonOperator cannot be used together for Attribute: ${name}`)
  }
  const needsNone = operator === 'NULL' || operator === 'NOT_NULL'
  if (!needsNone && AttributeValueList === undefined && Value === undefined) {
    throw invalidParameter(
      `Value or AttributeValueList must be used with ComparisonOperator: ${operator} for Attribute: ${name}`,
    )
  }
  const values = AttributeValueList ?? (Value === undefined ? [] : [Value])
  for (const value of values) checkOne(value)
  checkOperands(operator, values)
  return testOf(name, operator, values)
}

function existence(name: string, { Value, Exists }: Expectation): Condition {
  if (Exists !== false && Value === undefined) {
    throw invalidParameter(`Value must be provided when Exists is ${Exists ?? 'null'} for Attribute: ${name}`)
  }
  if (Exists === false && Value !== undefined) {
    throw invalidParameter(`Value cannot be used when Exists is false for Attribute: ${name}`)
  }
  if (Value === undefined) return testOf(name, 'NULL', [])
  checkOne(Value)
  return testOf(name, 'EQ', [Value])
}

function checkOne(value: AttributeValue): void {
  const problem = checkValue(value)
  if (problem !== undefined) throw validationException(problem)
}
