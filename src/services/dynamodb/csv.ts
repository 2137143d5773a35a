/** Splits CSV into rows of cells: `"` quotes a cell, and `""` stands for one in it; line ends as any system has them. */
export function* csvRows(text: string, delimiter: string): Iterable<readonly string[]> {
  let row: string[] = []
  let cell = ''
  let isQuoted = false
  let at = 0
  const isBlank = (): boolean => row.length === 0 && cell === ''
  while (at < text.length) {
    const char = text[at++] ?? ''
    if (isQuoted) {
      if (char !== '"') cell += char
      else if (text[at] === '"') {
        cell += '"'
        at++
      } else isQuoted = false
    } else if (char === '"' && cell === '') isQuoted = true
    else if (char === delimiter) {
      row.push(cell)
      cell = ''
    } else if (char === '\n' || char === '\r') {
      if (char === '\r' && text[at] === '\n') at++
      if (!isBlank()) yield [...row, cell]
      row = []
      cell = ''
    } else cell += char
  }
  if (!isBlank()) yield [...row, cell]
}
