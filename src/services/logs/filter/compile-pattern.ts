import { invalidParameter } from '../errors.ts'
import { compileJsonPattern } from './json-pattern.ts'
import { compileSpacePattern } from './space-pattern.ts'
import { compileTermPattern } from './term-pattern.ts'

/** Whether a log event's message matches a filter pattern. */
export type Matches = (message: string) => boolean

/**
 * Compiles a filter pattern of any of its three kinds: terms, JSON, space-delimited columns.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function compilePattern(pattern: string | undefined): Matches {
  const text = (pattern ?? '').trim()
  if (text === '') return () => true
  try {
    if (text.startsWith('{')) return compileJsonPattern(text)
    if (text.startsWith('[')) return compileSpacePattern(text)
    return compileTermPattern(text)
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause
    throw Object.assign(invalidParameter('Invalid filter pattern'), { cause })
  }
}
