import { type AttributeType, typeOf } from '../values/attribute-value.ts'
import type { OperandNode, PathStep, UpdateSection } from './ast.ts'
import { isConditionFunction } from './check-function.ts'
import { checkPaths } from './check-paths.ts'
import { literalType, type Operand } from './operand.ts'
import type { Path, Placeholders } from './placeholders.ts'
import { Problems } from './problems.ts'
import type { UpdateAction } from './update.ts'

const order = [
  'reserved',
  'unknown-function',
  'misused-function',
  'section',
  'name',
  'value',
  'path-overlap',
  'path-conflict',
  'operand',
  'function',
] as const

/** What ADD and DELETE call a type that they do not take; the others they name as the descriptor. */
const operandTypeNames: Readonly<Partial<Record<AttributeType, string>>> = {
  S: 'STRING',
  N: 'NUMBER',
  B: 'BINARY',
  NULL: 'NULL',
  BOOL: 'BOOLEAN',
  L: 'LIST',
  M: 'MAP',
}

/** Fills in names and values of an update expression and checks all that can be known without the item. */
export function resolveUpdate(
  sections: readonly UpdateSection[],
  placeholders: Placeholders,
): readonly UpdateAction[] {
  const problems: Problems<(typeof order)[number]> = new Problems(order)
  const paths: Path[] = []
  const path = (steps: readonly PathStep[]): Path => {
    const resolved = placeholders.path(steps, problems)
    paths.push(resolved)
    return resolved
  }
  const actions: UpdateAction[] = []
  const seen = new Set<string>()
  for (const section of sections) {
    if (seen.has(section.kind)) {
      problems.note('section', `The "${section.kind}" section can only be used once in an update expression;`)
    }
    seen.add(section.kind)
    if (section.kind === 'REMOVE')
      for (const steps of section.paths) actions.push({ kind: 'remove', path: path(steps) })
    else if (section.kind === 'SET') {
      for (const clause of section.clauses) {
        actions.push({
          kind: 'set',
          path: path(clause.path),
          operand: resolveOperand(clause.operand, placeholders, problems),
        })
      }
    } else {
      for (const clause of section.clauses) {
        const target = path(clause.path)
        const value = placeholders.value(clause.value, problems)
        if (value === undefined) continue
        const type = typeOf(value)
        const name = operandTypeNames[type]
        if (name !== undefined && !(section.kind === 'ADD' && type === 'N')) {
          problems.note(
            'operand',
            `Incorrect operand type for operator or function; operator: ${section.kind}, operand type: ${name}`,
          )
        }
        actions.push({ kind: section.kind === 'ADD' ? 'add' : 'delete', path: target, value })
      }
    }
  }
  checkPaths(paths, problems)
  problems.throwFirst()
  return actions
}

function resolveOperand(
  node: OperandNode,
  placeholders: Placeholders,
  problems: Problems<(typeof order)[number]>,
): Operand {
  if (node.kind === 'path') return { kind: 'path', path: placeholders.path(node.steps, problems) }
  if (node.kind === 'value')
    return { kind: 'value', name: node.name, value: placeholders.value(node.name, problems) }
  const operands = node.operands.map(operand => resolveOperand(operand, placeholders, problems))
  const name = node.kind === 'arithmetic' ? node.operator : node.name
  const message = functionProblem(name, operands)
  if (!Object.hasOwn(literalTypes, name)) problems.note('unknown-function', unknownFunction(name))
  else if (message !== undefined) problems.note('function', message)
  // `list_append` may hold `if_not_exists`, but stands itself nowhere but right after the `=` (ScyllaDB's suite).
  if (operands.some(operand => operand.kind === 'function' && operand.name === 'list_append')) {
    problems.note(
      'misused-function',
      'The function is not allowed to be used this way in an expression; function: list_append',
    )
  }
  if (node.kind === 'function') return { kind: 'function', name: node.name, operands }
  const [left, right] = operands
  if (left === undefined || right === undefined) throw new Error('the grammar gives + and - two operands')
  return { kind: 'arithmetic', operator: node.operator, operands: [left, right] }
}

const literalTypes: Readonly<Record<string, AttributeType | undefined>> = {
  if_not_exists: undefined,
  list_append: 'L',
  '+': 'N',
  '-': 'N',
}

const unknownFunction = (name: string): string =>
  isConditionFunction(name)
    ? `The function is not allowed in an update expression; function: ${name}`
    : `Invalid function name; function: ${name}`

function functionProblem(name: string, operands: readonly Operand[]): string | undefined {
  if (operands.length !== 2) {
    return `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${operands.length}`
  }
  if (name === 'if_not_exists') {
    return operands[0]?.kind === 'path'
      ? undefined
      : `Operator or function requires a document path; operator or function: ${name}`
  }
  const wrong = operands.map(literalType).find(type => type !== undefined && type !== literalTypes[name])
  return wrong === undefined
    ? undefined
    : `Incorrect operand type for operator or function; operator or function: ${name}, operand type: ${wrong}`
}
