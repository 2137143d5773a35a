/** One replaced placeholder: where its value stands in the new text, and how far the rest was moved. */
export interface PlacedEdit {
  /** Offset of the value in the new text. */
  readonly start: number
  readonly length: number
  /** Offset and length of the placeholder in the file. */
  readonly originalStart: number
  readonly originalLength: number
}

/**
 * Replaces `%NAME%` by its value before the file is parsed, because deployment scripts do the same with sed: a value
 * may stand where YAML would not take the placeholder itself. A key that begins with neither a letter nor a digit is
 * taken as the whole placeholder.
 */
export function replacePlaceholders(
  original: string,
  placeholders: Readonly<Record<string, string>>,
): { readonly text: string; readonly edits: readonly PlacedEdit[] } {
  const values = new Map<string, string>()
  for (const [name, value] of Object.entries(placeholders))
    values.set(/^[A-Za-z0-9]/.test(name) ? `%${name}%` : name, value)
  const names = [...values.keys()].filter(name => original.includes(name)).sort((a, b) => b.length - a.length)
  if (names.length === 0) return { text: original, edits: [] }
  const pattern = new RegExp(names.map(name => name.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|'), 'g')
  const edits: PlacedEdit[] = []
  let text = ''
  let last = 0
  for (const match of original.matchAll(pattern)) {
    const value = values.get(match[0]) ?? ''
    text += original.slice(last, match.index)
    edits.push({
      start: text.length,
      length: value.length,
      originalStart: match.index,
      originalLength: match[0].length,
    })
    text += value
    last = match.index + match[0].length
  }
  return { text: text + original.slice(last), edits }
}

/** Where an offset of the new text stands in the file. */
export function originalOffset(edits: readonly PlacedEdit[], offset: number): number {
  let moved = 0
  for (const edit of edits) {
    if (offset < edit.start) break
    if (offset < edit.start + edit.length) return edit.originalStart
    moved = edit.originalStart + edit.originalLength - (edit.start + edit.length)
  }
  return offset + moved
}

/** Placeholders of the usual form that nobody gave a value; pairs of hexadecimal digits are URL encoding. */
export function openPlaceholders(text: string): { readonly name: string; readonly offset: number }[] {
  return [...text.matchAll(/%([A-Z][A-Z0-9_]{2,})%/g)].map(match => ({
    name: match[1] ?? '',
    offset: match.index,
  }))
}
