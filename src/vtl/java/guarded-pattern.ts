import { runInNewContext } from 'node:vm'
import { JavaException } from './value.ts'

/** Longer than this no match may take: Java would go on for years. */
const longestMatch = 1000

/** Texts up to this length cannot keep any pattern busy. */
const harmlessLength = 24

/**
 * Runs `match`, which applies `pattern` to `input`. A pattern that may go astray (a repetition of something that repeats,
 * many repetitions in a row) is stopped in time: only then is it worth the millisecond that the guard costs.
 */
export function guarded<Result>(pattern: string, input: string, match: () => Result): Result {
  if (input.length <= harmlessLength || !isRisky(pattern)) return match()
  try {
    return runInNewContext('match()', { match }, { timeout: longestMatch }) as Result
  } catch (cause) {
    if (!isTimeout(cause)) throw cause
    throw new JavaException('java.lang.StackOverflowError', `The pattern ${pattern} took too long`)
  }
}

function isRisky(pattern: string): boolean {
  const repeated = pattern.match(/[*+]|\{\d+,\d*\}/g)?.length ?? 0
  return repeated > 2 || /\)[*+{]/.test(pattern) || /\\[1-9k]/.test(pattern)
}

function isTimeout(cause: unknown): boolean {
  return (
    typeof cause === 'object' &&
    cause !== null &&
    'code' in cause &&
    cause.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
  )
}
