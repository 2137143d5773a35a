import type { Condition, KeyTest } from '../expressions/index.ts'
import { keyAttributes, type Table } from '../table.ts'
import type { AttributeValue, Item } from '../values/attribute-value.ts'
import { missingKey } from './parse-statement.ts'

const mirrored = { '=': '=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const

/** What a condition demands of single attributes, whatever else it says: its top-level ANDs. */
export interface WhereTest {
  readonly name: string
  readonly test: KeyTest | { readonly operator: 'in'; readonly values: readonly AttributeValue[] }
}

/** Takes the tests of single attributes against literals out of a condition. */
export function whereTests(condition: Condition | undefined): WhereTest[] {
  if (condition === undefined) return []
  if (condition.kind === 'and') return condition.operands.flatMap(whereTests)
  if (condition.kind === 'or' || condition.kind === 'not') return []
  const paths = condition.operands.flatMap(operand => (operand.kind === 'path' ? [operand.path] : []))
  const values = condition.operands.flatMap(operand =>
    operand.kind === 'value' && operand.value !== undefined ? [operand.value] : [],
  )
  const [path] = paths
  const name = path?.length === 1 ? path[0] : undefined
  if (paths.length !== 1 || typeof name !== 'string' || values.length + 1 !== condition.operands.length)
    return []
  const isFirst = condition.operands[0]?.kind === 'path'
  if (condition.kind === 'compare') {
    if (condition.comparator === '<>') return []
    return [
      { name, test: { operator: isFirst ? condition.comparator : mirrored[condition.comparator], values } },
    ]
  }
  if (!isFirst) return []
  if (condition.kind === 'between') return [{ name, test: { operator: 'between', values } }]
  if (condition.kind === 'in') return [{ name, test: { operator: 'in', values } }]
  return condition.name === 'begins_with' ? [{ name, test: { operator: 'begins_with', values } }] : []
}

/** The key of the one item that a statement names. */
export function whereKey(table: Table, condition: Condition | undefined): Item {
  const tests = whereTests(condition)
  const key: Record<string, AttributeValue> = Object.create(null)
  for (const { name } of keyAttributes(table.key)) {
    const value = tests.find(one => one.name === name && one.test.operator === '=')?.test.values[0]
    if (value === undefined) throw missingKey()
    key[name] = value
  }
  return key
}

/** What is left to check of a condition once its item was found by its key. */
export function beyondKey(table: Table, condition: Condition): Condition | undefined {
  if (condition.kind === 'and') {
    const [left, right] = condition.operands.map(operand => beyondKey(table, operand))
    if (left === undefined || right === undefined) return left ?? right
    return { kind: 'and', operands: [left, right] }
  }
  const [found] = whereTests(condition)
  const isKey = keyAttributes(table.key).some(({ name }) => name === found?.name)
  return isKey && found?.test.operator === '=' ? undefined : condition
}
