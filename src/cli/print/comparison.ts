import type { EngineComparison, RenderOutcome } from '../../vtl/index.ts'
import type { Style } from './style.ts'

/** Both engines' outputs where they differ, with what ends a line made visible. */
export function comparisonText(
  { aws, other, same, firstDifference }: EngineComparison,
  style: Style,
): string {
  const sides = (one: string, two: string): string[] => [
    `${style.green('aws')}         ${one}`,
    `${style.red('velocityjs')}  ${two}`,
  ]
  if (same) return style.green('aws and velocityjs render the same')
  if (firstDifference === undefined) return sides(outcomeText(aws), outcomeText(other)).join('\n')
  const { line } = firstDifference
  return [
    style.dim(`they differ from line ${line} on`),
    ...sides(visible(firstDifference.aws), visible(firstDifference.other)),
  ].join('\n')
}

function outcomeText(outcome: RenderOutcome): string {
  return 'error' in outcome ? `(error: ${outcome.error.message})` : JSON.stringify(outcome.output)
}

function visible(line: string | undefined): string {
  if (line === undefined) return '(nothing)'
  return line
    .replaceAll('\t', '⇥')
    .replaceAll('\r', '␍')
    .replace(/ +$/, blanks => '·'.repeat(blanks.length))
}
