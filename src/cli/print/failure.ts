import { printProblem, problemsOf } from './problem.ts'
import type { Style } from './style.ts'

/** Codes of wrong usage: 2; whatever else is wrong with the project: 1. */
const usageCodes: ReadonlySet<string> = new Set(['usage', 'unknown-config-key', 'invalid-config'])

/** What is printed when a command fails, and the exit code that goes with it. */
export function failureText(error: unknown, style: Style): { text: string; exitCode: number } {
  const problems = problemsOf(error)
  if (problems.length === 0) {
    // Nothing that a user did wrong: our bug, with everything that helps to find it.
    const stack = error instanceof Error ? causes(error).join('\n  caused by ') : String(error)
    return {
      text: `${style.red('✖')} ${stack}\n  This is a bug in Lambdarium; please report it.`,
      exitCode: 1,
    }
  }
  return {
    text: problems.map(problem => printProblem(problem, style)).join('\n\n'),
    exitCode: problems.some(problem => usageCodes.has(problem.code)) ? 2 : 1,
  }
}

function causes(error: Error): string[] {
  const own = error.stack ?? error.message
  return error.cause instanceof Error ? [own, ...causes(error.cause)] : [own]
}
