import type { Block, Statement } from '../syntax/node.ts'
import type { Compilation, Run } from './compilation.ts'
import { compileDirective } from './compile-directive.ts'
import { compileExpression } from './compile-expression.ts'
import { compileReference } from './compile-reference.ts'

/** Compiles the statements in their order, because each may change how a later token prints. */
export function compileBlock(compilation: Compilation, block: Block): Run {
  const runs: Run[] = []
  let text = ''
  const flush = (): void => {
    if (text === '') return
    const written = text
    text = ''
    runs.push(state => {
      state.out += written
    })
  }
  for (const statement of block.statements) {
    if (statement.type === 'text') text += statement.text
    else if (statement.type === 'reference') {
      runs.push(compileReference(compilation, statement).print(text))
      text = ''
    } else if (statement.type !== 'comment') {
      flush()
      runs.push(compileStatement(compilation, statement))
    }
  }
  flush()
  return sequence(runs)
}

function sequence(runs: readonly Run[]): Run {
  const [first, second, third] = runs
  if (first === undefined) return () => undefined
  if (second === undefined) return first
  if (third === undefined)
    return state => {
      first(state)
      second(state)
    }
  if (runs.length === 3)
    return state => {
      first(state)
      second(state)
      third(state)
    }
  const thirds = Array.from({ length: Math.ceil(runs.length / 3) }, (_, index) =>
    sequence(runs.slice(index * 3, index * 3 + 3)),
  )
  return sequence(thirds)
}

function compileStatement(
  compilation: Compilation,
  statement: Exclude<Statement, { type: 'text' | 'comment' | 'reference' }>,
): Run {
  switch (statement.type) {
    case 'set':
      return compileSet(compilation, statement)
    case 'if':
      return compileIf(compilation, statement)
    case 'directive':
      return compileDirective(compilation, statement)
  }
}

/** A value that is null leaves the variable as it was. */
function compileSet(compilation: Compilation, statement: Statement & { type: 'set' }): Run {
  const target = compileReference(compilation, statement.target)
  const { value } = compileExpression(compilation, statement.value)
  return state => {
    const assigned = value(state)
    if (assigned !== null) target.set(state, assigned)
  }
}

function compileIf(compilation: Compilation, statement: Statement & { type: 'if' }): Run {
  const branches = statement.branches.map(({ condition, block }) => ({
    test: compileExpression(compilation, condition).test,
    run: compileBlock(compilation, block),
  }))
  const otherwise =
    statement.otherwise === undefined ? undefined : compileBlock(compilation, statement.otherwise)
  return state => {
    for (const { test, run } of branches)
      if (test(state)) {
        run(state)
        return
      }
    otherwise?.(state)
  }
}
