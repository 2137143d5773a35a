import { relative } from 'node:path'
import { codeFrame, UserError } from '../../lib/index.ts'
import type { Style } from './style.ts'

/** Something with a place, as findings and user errors have it. */
export interface PrintableProblem {
  readonly severity: 'error' | 'warning' | 'info'
  readonly code: string
  readonly message: string
  readonly hint?: string | undefined
  readonly position?: { readonly file: string; readonly line: number; readonly column: number } | undefined
  readonly source?: string | undefined
}

const marks = { error: '✖', warning: '▲', info: 'ℹ' } as const
const colors = { error: 'red', warning: 'yellow', info: 'blue' } as const

/** A problem for people: what, where, the lines around it, what to do. */
export function printProblem(problem: PrintableProblem, style: Style, frame = true): string {
  const { severity, message, position, hint, source } = problem
  const paint = style[colors[severity]]
  const lines = [`${paint(marks[severity])} ${style.bold(message)}`]
  if (position !== undefined) lines.push(`  ${style.cyan(placeText(position))}`)
  if (frame && position !== undefined && source !== undefined) {
    const drawn = codeFrame(source, position.line, position.column).split('\n')
    lines.push('', ...drawn.map(line => `  ${line.startsWith('>') ? line : style.dim(line)}`), '')
  }
  if (hint !== undefined) lines.push(`  ${style.green('→')} ${hint}`)
  return lines.join('\n')
}

/** `file:line:column`, relative to the working directory where that is shorter; terminals make it a link. */
export function placeText({ file, line, column }: { file: string; line: number; column: number }): string {
  const near = relative(process.cwd(), file)
  return `${near === '' || near.startsWith('..') ? file : near}:${line}:${column}`
}

/** Every problem that an error stands for: its own, or those that it collects. */
export function problemsOf(error: unknown): PrintableProblem[] {
  if (error instanceof UserError) {
    const { code, message, hint, position, source } = error
    return [{ severity: 'error', code, message, hint, position, source }]
  }
  const collected = (error as { problems?: unknown } | undefined)?.problems
  return Array.isArray(collected) ? collected.flatMap(problemsOf) : []
}
