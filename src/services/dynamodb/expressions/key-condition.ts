import type { AttributeValue } from '../values/attribute-value.ts'
import type { Condition } from './condition.ts'
import { expressionError } from './expression-error.ts'
import type { Operand } from './operand.ts'

/** What a key condition asks of one attribute. */
export interface KeyTest {
  readonly operator: '=' | '<' | '<=' | '>' | '>=' | 'between' | 'begins_with'
  readonly values: readonly AttributeValue[]
}

const mirrored = { '=': '=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const

/** Takes a key condition expression apart into one test per attribute; whether these are keys the table knows. */
export function keyTests(condition: Condition): ReadonlyMap<string, KeyTest> {
  const tests = new Map<string, KeyTest>()
  collect(condition, tests)
  return tests
}

function collect(condition: Condition, tests: Map<string, KeyTest>): void {
  if (condition.kind === 'and') {
    for (const operand of condition.operands) collect(operand, tests)
    return
  }
  const { attribute, test } = testOf(condition)
  if (tests.has(attribute))
    throw plainError('KeyConditionExpressions must only contain one condition per key')
  tests.set(attribute, test)
}

function testOf(condition: Exclude<Condition, { kind: 'and' }>): {
  readonly attribute: string
  readonly test: KeyTest
} {
  switch (condition.kind) {
    case 'or':
    case 'not':
    case 'in':
      throw invalidOperator(condition.kind.toUpperCase())
    case 'compare': {
      const { comparator, operands } = condition
      if (comparator === '<>') throw invalidOperator('<>')
      const attribute = keyAttribute(operands)
      const isFirst = operands[0].kind === 'path'
      return {
        attribute,
        test: { operator: isFirst ? comparator : mirrored[comparator], values: literals(operands) },
      }
    }
    case 'between':
      if (condition.operands[0].kind !== 'path') throw firstOperand('BETWEEN')
      return {
        attribute: keyAttribute(condition.operands),
        test: { operator: 'between', values: literals(condition.operands) },
      }
    case 'call':
      if (condition.name !== 'begins_with') throw invalidOperator(condition.name)
      if (condition.operands[0]?.kind !== 'path') throw firstOperand('begins_with')
      return {
        attribute: keyAttribute(condition.operands),
        test: { operator: 'begins_with', values: literals(condition.operands) },
      }
  }
}

/** Operands are looked at one by one, from the left (recorded by dynalite). */
function keyAttribute(operands: readonly Operand[]): string {
  let attribute: string | undefined
  for (const operand of operands) {
    if (operand.kind === 'function')
      throw plainError('KeyConditionExpressions cannot contain nested operations')
    if (operand.kind !== 'path') continue
    if (attribute !== undefined) {
      throw plainError(
        'Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition',
      )
    }
    if (operand.path.length > 1)
      throw plainError('KeyConditionExpressions cannot have conditions on nested attributes')
    attribute = String(operand.path[0])
  }
  if (attribute === undefined)
    throw plainError('Invalid condition in KeyConditionExpression: No key attribute specified')
  return attribute
}

const literals = (operands: readonly Operand[]): AttributeValue[] =>
  operands.flatMap(operand =>
    operand.kind === 'value' && operand.value !== undefined ? [operand.value] : [],
  )

const invalidOperator = (operator: string): Error =>
  plainError(`Invalid operator used in KeyConditionExpression: ${operator}`)

const firstOperand = (operator: string): Error =>
  plainError(
    `Invalid condition in KeyConditionExpression: ${operator} operator must have the key attribute as its first operand`,
  )

/** These messages stand by themselves, without `Invalid KeyConditionExpression: ` in front. */
const plainError = (message: string): Error => expressionError(message)
