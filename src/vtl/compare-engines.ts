import type { TemplateEngine, TemplateScope } from './template.ts'
import { TemplateError } from './template-error.ts'

/** What one engine made of a template. */
export type RenderOutcome = { readonly output: string } | { readonly error: TemplateError }

/** Two engines side by side. */
export interface EngineComparison {
  readonly aws: RenderOutcome
  readonly other: RenderOutcome
  readonly same: boolean
  /** The first line that differs, where both rendered; undefined on a side that has no such line. */
  readonly firstDifference:
    | { readonly line: number; readonly aws: string | undefined; readonly other: string | undefined }
    | undefined
}

/** Renders with both engines and says where `other` differs; `scope` is asked once for each, for contexts differ. */
export function compareEngines(
  aws: TemplateEngine,
  other: TemplateEngine,
  source: string,
  scope: (engine: TemplateEngine) => TemplateScope,
  name?: string,
): EngineComparison {
  const first = outcome(aws, source, scope, name)
  const second = outcome(other, source, scope, name)
  if (!('output' in first && 'output' in second))
    return {
      aws: first,
      other: second,
      same: 'error' in first && 'error' in second,
      firstDifference: undefined,
    }
  const same = first.output === second.output
  return {
    aws: first,
    other: second,
    same,
    firstDifference: same ? undefined : difference(first.output, second.output),
  }
}

function outcome(
  engine: TemplateEngine,
  source: string,
  scope: (engine: TemplateEngine) => TemplateScope,
  name: string | undefined,
): RenderOutcome {
  try {
    return { output: engine.compile(source, name === undefined ? {} : { name }).render(scope(engine)) }
  } catch (error) {
    if (error instanceof TemplateError) return { error }
    throw error
  }
}

function difference(aws: string, other: string): NonNullable<EngineComparison['firstDifference']> {
  const mine = aws.split('\n')
  const theirs = other.split('\n')
  const line = mine.findIndex((text, index) => text !== theirs[index])
  const at = line === -1 ? mine.length : line
  return { line: at + 1, aws: mine[at], other: theirs[at] }
}
