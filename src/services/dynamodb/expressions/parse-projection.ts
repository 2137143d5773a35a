import type { PathStep } from './ast.ts'
import { TokenReader } from './token-reader.ts'

const keywords: ReadonlySet<string> = new Set()

/**
 * Parses a projection expression: paths with commas between them.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.ProjectionExpressions.html
 */
export function parseProjection(text: string): readonly (readonly PathStep[])[] {
  const reader = new TokenReader(text, keywords)
  const paths = [reader.path()]
  while (reader.acceptSymbol(',')) paths.push(reader.path())
  reader.expectEnd()
  return paths
}
