import type { Style } from './style.ts'

/** One engine's way to render the template. */
interface Contestant {
  readonly name: string
  readonly render: () => string
}

/** Both outputs line by line where they differ, with what ends a line made visible. */
export function compareOutputs(
  first: Contestant,
  second: Contestant,
  style: Style,
): { same: boolean; text: string } {
  const [a, b] = [outcome(first), outcome(second)]
  if (a === b) return { same: true, text: style.green(`${first.name} and ${second.name} render the same`) }
  const [left, right] = [a.split('\n'), b.split('\n')]
  const lines: string[] = []
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    if (left[at] === right[at]) continue
    lines.push(style.dim(`line ${at + 1}`))
    lines.push(`${style.green(first.name.padEnd(10))} ${visible(left[at])}`)
    lines.push(`${style.red(second.name.padEnd(10))} ${visible(right[at])}`)
  }
  return { same: false, text: lines.join('\n') }
}

function outcome({ render }: Contestant): string {
  try {
    return render()
  } catch (error) {
    return `(error: ${error instanceof Error ? error.message : String(error)})`
  }
}

function visible(line: string | undefined): string {
  return line === undefined
    ? '(nothing)'
    : line
        .replaceAll('\t', '⇥')
        .replaceAll('\r', '␍')
        .replace(/ +$/, match => '·'.repeat(match.length))
}
