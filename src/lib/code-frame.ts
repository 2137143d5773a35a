/** Draws the lines around a place, the place's own marked with `>` and a caret below its column. */
export function codeFrame(source: string, line: number, column: number, context = 2): string {
  const lines = source.split(/\r?\n/)
  const first = Math.max(1, line - context)
  const last = Math.min(lines.length, line + context)
  const width = String(last).length
  const drawn: string[] = []
  for (let number = first; number <= last; number++) {
    const text = lines[number - 1] ?? ''
    drawn.push(`${number === line ? '>' : ' '} ${String(number).padStart(width)} | ${text}`.trimEnd())
    if (number === line) {
      // Tabs stay tabs, so that the caret stands below its character whatever the terminal's tab width.
      const indent = text.slice(0, Math.max(0, column - 1)).replaceAll(/[^\t]/g, ' ')
      drawn.push(`  ${' '.repeat(width)} | ${indent}^`)
    }
  }
  return drawn.join('\n')
}
