/** What Velocity still prints of text that it read and gave back: `$`, `#`, and backslashes in front of a `$`. */
export function specialText(pieces: readonly string[]): string {
  const last = pieces.at(-1)
  if (last === undefined || last.startsWith('##')) return ''
  return pieces.map(printed).join('')
}

function printed(piece: string): string {
  let text = ''
  for (let index = 0; index < piece.length; index++) {
    const character = piece[index]
    if (character === '#' || character === '$') text += character
    if (character === '\\') {
      let end = index
      while (piece[end] === '\\') end++
      if (piece[end] !== '$') continue
      text += piece.slice(index, end + 1)
      // Velocity's loop skips one character more; what it skips is never printed.
      index = end + 1
    }
  }
  return text
}
