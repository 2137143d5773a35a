import type { Comparator, ConditionNode, ConditionTree, OperandNode } from './ast.ts'
import { TokenReader } from './token-reader.ts'

const keywords: ReadonlySet<string> = new Set(['AND', 'OR', 'NOT', 'IN', 'BETWEEN'])
const comparators: ReadonlySet<string> = new Set(['=', '<>', '<', '<=', '>', '>='])

/**
 * Parses a condition, filter or key condition expression.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html
 */
export function parseCondition(text: string): ConditionTree {
  const grammar = new ConditionGrammar(text)
  return { root: grammar.parse(), redundantParentheses: grammar.redundantParentheses }
}

class ConditionGrammar {
  readonly reader: TokenReader
  redundantParentheses = false

  constructor(text: string) {
    this.reader = new TokenReader(text, keywords)
  }

  parse(): ConditionNode {
    const root = this.or()
    this.reader.expectEnd()
    return root
  }

  private or(): ConditionNode {
    let left = this.and()
    while (this.reader.acceptKeyword('OR')) left = { kind: 'or', operands: [left, this.and()] }
    return left
  }

  private and(): ConditionNode {
    let left = this.not()
    while (this.reader.acceptKeyword('AND')) left = { kind: 'and', operands: [left, this.not()] }
    return left
  }

  private not(): ConditionNode {
    if (!this.reader.acceptKeyword('NOT')) return this.primary()
    return { kind: 'not', operand: this.reader.nested(() => this.not()) }
  }

  /** A parenthesis opens a condition or an operand; only what follows tells, so the condition is tried first. */
  private primary(): ConditionNode {
    if (!this.reader.isSymbol('(') || this.opensOperand()) return this.condition()
    if (this.wrapsParentheses()) this.redundantParentheses = true
    this.reader.expectSymbol('(')
    const inner = this.reader.nested(() => this.or())
    this.reader.expectSymbol(')')
    return inner
  }

  /** Whether the parenthesis here closes around a bare operand: `(a) = :b`, `(a) BETWEEN …`, `(a.b)[0] = …`. */
  private opensOperand(): boolean {
    const after = this.closing()
    if (after === undefined) return false
    const token = this.reader.peek(after + 1)
    if (token.kind === 'symbol')
      return comparators.has(token.text) || token.text === '.' || token.text === '['
    return this.reader.isKeyword('IN', after + 1) || this.reader.isKeyword('BETWEEN', after + 1)
  }

  /** The offset of the parenthesis that closes the one here. */
  private closing(from = 0): number | undefined {
    let depth = 0
    for (let offset = from; this.reader.peek(offset).kind !== 'end'; offset++) {
      if (this.reader.isSymbol('(', offset)) depth++
      else if (this.reader.isSymbol(')', offset) && --depth === 0) return offset
    }
    return undefined
  }

  /** `((…))`: the second parenthesis closes right before the first does. */
  private wrapsParentheses(): boolean {
    if (!this.reader.isSymbol('(', 1)) return false
    const [outer, inner] = [this.closing(), this.closing(1)]
    return outer !== undefined && inner === outer - 1
  }

  private condition(): ConditionNode {
    const first = this.operand()
    const token = this.reader.peek()
    if (token.kind === 'symbol' && comparators.has(token.text)) {
      this.reader.take()
      return { kind: 'compare', comparator: token.text as Comparator, operands: [first, this.operand()] }
    }
    if (this.reader.acceptKeyword('BETWEEN')) {
      const low = this.operand()
      if (!this.reader.acceptKeyword('AND')) throw this.reader.unexpected()
      return { kind: 'between', operands: [first, low, this.operand()] }
    }
    if (this.reader.acceptKeyword('IN')) {
      this.reader.expectSymbol('(')
      return { kind: 'in', operands: [first, ...this.operandList()] }
    }
    if (first.kind !== 'function') throw this.reader.unexpected()
    return { kind: 'call', call: first }
  }

  private operandList(): OperandNode[] {
    const operands = [this.operand()]
    while (this.reader.acceptSymbol(',')) operands.push(this.operand())
    this.reader.expectSymbol(')')
    return operands
  }

  private operand(): OperandNode {
    const token = this.reader.peek()
    if (token.kind === 'value') {
      this.reader.take()
      return { kind: 'value', name: token.text }
    }
    if (token.kind === 'word' && this.reader.isSymbol('(', 1) && !keywords.has(token.text.toUpperCase())) {
      this.reader.take()
      this.reader.take()
      return { kind: 'function', name: token.text, operands: this.reader.nested(() => this.operandList()) }
    }
    if (!this.reader.isSymbol('(')) return { kind: 'path', steps: this.reader.path() }
    if (this.wrapsParentheses()) this.redundantParentheses = true
    this.reader.expectSymbol('(')
    const inner = this.reader.nested(() => this.operand())
    this.reader.expectSymbol(')')
    // `(a).b` and `(a)[0]` go on with the path inside the parentheses.
    if (inner.kind !== 'path') return inner
    const steps = [...inner.steps]
    this.reader.pathTail(steps)
    return { kind: 'path', steps }
  }
}
