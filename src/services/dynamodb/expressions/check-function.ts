import { literalType, type Operand } from './operand.ts'
import { formatPath } from './placeholders.ts'
import type { ConditionProblems, InnerProblems } from './resolve-condition.ts'

const operandCounts: Readonly<Record<string, number>> = {
  attribute_exists: 1,
  attribute_not_exists: 1,
  attribute_type: 2,
  begins_with: 2,
  contains: 2,
  size: 1,
}

/** What only update expressions may call. */
const updateFunctions: ReadonlySet<string> = new Set(['if_not_exists', 'list_append'])

/** Whether a condition may call a function of that name. */
export const isConditionFunction = (name: string): boolean => Object.hasOwn(operandCounts, name)

const typeNames: ReadonlySet<string> = new Set(['S', 'N', 'B', 'NULL', 'SS', 'BOOL', 'L', 'BS', 'NS', 'M'])

/** Checks a condition's function: its name, how many operands it has, and the types of those that are literals. */
export function checkFunction(
  name: string,
  operands: readonly Operand[],
  problems: ConditionProblems,
  inner: InnerProblems,
): void {
  const count = Object.hasOwn(operandCounts, name) ? operandCounts[name] : undefined
  if (count === undefined) {
    problems.note(
      'unknown-function',
      updateFunctions.has(name)
        ? `The function is not allowed in a condition expression; function: ${name}`
        : `Invalid function name; function: ${name}`,
    )
    return
  }
  if (count !== operands.length) {
    inner.note(
      'operand-count',
      `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${operands.length}`,
    )
    return
  }
  checkDistinct(name, operands, inner)
  const [first, second] = operands
  if (name.startsWith('attribute_')) checkAttributeFunction(name, first, second, inner)
  else if (name === 'begins_with') {
    for (const operand of operands) incorrectType(name, operand, type => type !== 'S' && type !== 'B', inner)
  } else if (name === 'size') {
    incorrectType(name, first, type => type === 'N' || type === 'BOOL' || type === 'NULL', inner)
  }
}

function checkAttributeFunction(
  name: string,
  first: Operand | undefined,
  second: Operand | undefined,
  inner: InnerProblems,
): void {
  if (name !== 'attribute_type') {
    if (first?.kind !== 'path') {
      inner.note('function', `Operator or function requires a document path; operator or function: ${name}`)
    }
    return
  }
  const type = literalType(second)
  if (type !== 'S') {
    inner.note(
      'function',
      `Incorrect operand type for operator or function; operator or function: ${name}, operand type: ${type ?? '{NS,SS,L,BS,N,M,B,BOOL,NULL,S}'}`,
    )
    return
  }
  const wanted =
    second?.kind === 'value' && second.value !== undefined && 'S' in second.value ? second.value.S : ''
  if (!typeNames.has(wanted)) {
    inner.note(
      'function',
      `Invalid attribute type name found; type: ${wanted}, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}`,
    )
  }
}

function incorrectType(
  name: string,
  operand: Operand | undefined,
  isWrong: (type: string) => boolean,
  inner: InnerProblems,
): void {
  const type = literalType(operand)
  if (type !== undefined && isWrong(type)) {
    inner.note(
      'function',
      `Incorrect operand type for operator or function; operator or function: ${name}, operand type: ${type}`,
    )
  }
}

/** Two operands that are the same path are refused: the outcome would not depend on the item. */
export function checkDistinct(operator: string, operands: readonly Operand[], inner: InnerProblems): void {
  const [first, second] = operands
  if (operands.length !== 2 || first?.kind !== 'path' || second?.kind !== 'path') return
  if (
    first.path.length !== second.path.length ||
    first.path.some((step, index) => step !== second.path[index])
  )
    return
  inner.note(
    'distinct',
    'The first operand must be distinct from the remaining operands for this operator or function; ' +
      `operator: ${operator}, first operand: ${formatPath(first.path)}`,
  )
}
