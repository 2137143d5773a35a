import { contentOf } from '../values/attribute-value.ts'
import { compareValues } from '../values/compare.ts'
import type { ConditionNode, ConditionTree, OperandNode } from './ast.ts'
import { checkDistinct, checkFunction } from './check-function.ts'
import type { Condition } from './condition.ts'
import { expressionError } from './expression-error.ts'
import { literalType, type Operand } from './operand.ts'
import type { Placeholders } from './placeholders.ts'
import { Problems } from './problems.ts'

/** Kinds of problem in a whole condition, the most important first. */
const order = ['parentheses', 'unknown-function', 'misused-function', 'reserved', 'condition'] as const
/** Kinds of problem in one comparison or call; the first one that has any is what `condition` stands for. */
const innerOrder = ['name-or-value', 'operand-count', 'distinct', 'function'] as const

export type ConditionProblems = Problems<(typeof order)[number]>
export type InnerProblems = Problems<(typeof innerOrder)[number]>

/** Fills in names and values and checks everything that can be known without an item. */
export function resolveCondition(tree: ConditionTree, placeholders: Placeholders): Condition {
  const problems: ConditionProblems = new Problems(order)
  if (tree.redundantParentheses) problems.note('parentheses', 'The expression has redundant parentheses;')
  const condition = new Resolver(placeholders, problems).condition(tree.root)
  problems.throwFirst()
  return condition
}

class Resolver {
  readonly #placeholders: Placeholders
  readonly #problems: ConditionProblems
  #inner: InnerProblems = new Problems(innerOrder)

  constructor(placeholders: Placeholders, problems: ConditionProblems) {
    this.#placeholders = placeholders
    this.#problems = problems
  }

  condition(node: ConditionNode): Condition {
    if (node.kind === 'and' || node.kind === 'or') {
      const [left, right] = node.operands
      return { kind: node.kind, operands: [this.condition(left), this.condition(right)] }
    }
    if (node.kind === 'not') return { kind: 'not', operand: this.condition(node.operand) }
    this.#inner = new Problems(innerOrder)
    const leaf = this.#leaf(node)
    const message = this.#inner.first()
    if (message !== undefined) this.#problems.note('condition', message)
    return leaf
  }

  #leaf(node: Exclude<ConditionNode, { kind: 'and' | 'or' | 'not' }>): Condition {
    if (node.kind === 'call') {
      if (node.call.name === 'size') this.#misused(node.call)
      const call = this.#operand(node.call)
      if (call.kind !== 'function') throw expressionError('a call resolves to a function')
      return { kind: 'call', name: call.name, operands: call.operands }
    }
    const operands = node.operands.map(operand => this.#operand(operand))
    for (const operand of node.operands)
      if (operand.kind === 'function' && operand.name !== 'size') this.#misused(operand)
    const [a, b, c] = operands
    if (a === undefined || b === undefined) throw expressionError('a comparison has two operands')
    if (node.kind === 'in') return { kind: 'in', operands }
    if (node.kind === 'between') {
      if (c === undefined) throw expressionError('BETWEEN has three operands')
      this.#checkBounds(b, c)
      this.#checkComparable('BETWEEN', operands)
      return { kind: 'between', operands: [a, b, c] }
    }
    checkDistinct(node.comparator, operands, this.#inner)
    this.#checkComparable(node.comparator, operands)
    return { kind: 'compare', comparator: node.comparator, operands: [a, b] }
  }

  #misused(node: OperandNode & { kind: 'function' }): void {
    this.#problems.note(
      'misused-function',
      `The function is not allowed to be used this way in an expression; function: ${node.name}`,
    )
  }

  #operand(node: OperandNode): Operand {
    const problems = this.#problems
    const inner = this.#inner
    const noted = {
      note: (rank: 'reserved' | 'name' | 'value', message: string): void =>
        rank === 'reserved' ? problems.note('reserved', message) : inner.note('name-or-value', message),
    }
    if (node.kind === 'path') return { kind: 'path', path: this.#placeholders.path(node.steps, noted) }
    if (node.kind === 'value')
      return { kind: 'value', name: node.name, value: this.#placeholders.value(node.name, noted) }
    if (node.kind === 'arithmetic') throw expressionError('conditions have no arithmetic')
    const operands = node.operands.map(operand => this.#operand(operand))
    for (const operand of node.operands)
      if (operand.kind === 'function' && operand.name !== 'size') this.#misused(operand)
    checkFunction(node.name, operands, problems, inner)
    return { kind: 'function', name: node.name, operands }
  }

  /** `<`, `<=`, `>`, `>=` have no meaning for these types, which DynamoDB says before it looks at any item. */
  #checkComparable(comparator: string, operands: readonly Operand[]): void {
    if (comparator === '=' || comparator === '<>') return
    for (const operand of operands) {
      const type = literalType(operand)
      if (type !== undefined && type !== 'S' && type !== 'N' && type !== 'B') {
        this.#inner.note(
          'function',
          `Incorrect operand type for operator or function; operator or function: ${comparator}, operand type: ${type}`,
        )
      }
    }
  }

  #checkBounds(low: Operand, high: Operand): void {
    const [typeLow, typeHigh] = [literalType(low), literalType(high)]
    if (low.kind !== 'value' || high.kind !== 'value' || typeLow === undefined || typeHigh === undefined)
      return
    if (low.value === undefined || high.value === undefined) return
    const bounds =
      `lower bound operand: AttributeValue: {${typeLow}:${String(contentOf(low.value))}}, ` +
      `upper bound operand: AttributeValue: {${typeHigh}:${String(contentOf(high.value))}}`
    if (typeLow !== typeHigh) {
      this.#inner.note(
        'function',
        `The BETWEEN operator requires same data type for lower and upper bounds; ${bounds}`,
      )
    } else if ((compareValues(low.value, high.value) ?? 0) > 0) {
      this.#inner.note(
        'function',
        `The BETWEEN operator requires upper bound to be greater than or equal to lower bound; ${bounds}`,
      )
    }
  }
}
