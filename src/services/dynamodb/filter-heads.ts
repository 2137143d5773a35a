import type { Condition, Path } from './expressions/index.ts'
import type { Operand } from './expressions/operand.ts'

/** Every path that a condition mentions. */
export function pathsOf(condition: Condition): readonly Path[] {
  if (condition.kind === 'not') return pathsOf(condition.operand)
  if (condition.kind === 'and' || condition.kind === 'or') return condition.operands.flatMap(pathsOf)
  return condition.operands.flatMap(operandPaths)
}

function operandPaths(operand: Operand): readonly Path[] {
  if (operand.kind === 'path') return [operand.path]
  return operand.kind === 'value' ? [] : operand.operands.flatMap(operandPaths)
}
