/** A place in a text; line and column count from 1. */
export interface Place {
  readonly line: number
  readonly column: number
}

/** Where one key or element stands in a literal, with the keys above it. */
interface Found {
  readonly path: readonly (string | number)[]
  readonly offset: number
}

/**
 * Finds where the member at `path` of the configuration's object stands in the text of its file, JSON or JavaScript:
 * the place of its key, or of the nearest key above it that can be seen. Reads only brackets, strings, comments and
 * keys, so a configuration that is computed rather than written down gives the place of what is written down.
 */
export function locate(source: string, path: readonly (string | number)[]): Place | undefined {
  let best: Found | undefined
  for (const found of keysOf(source)) {
    // Objects nest in calls and functions too: the key path is compared from its end upwards.
    const depth = found.path.length
    if (depth > path.length || (best !== undefined && depth <= best.path.length)) continue
    if (found.path.every((key, index) => key === path[index])) best = found
  }
  return best === undefined ? undefined : placeOf(source, best.offset)
}

/** The line and column of an offset. */
export function placeOf(source: string, offset: number): Place {
  const before = source.slice(0, offset)
  const start = before.lastIndexOf('\n') + 1
  return { line: before.split('\n').length, column: offset - start + 1 }
}

interface Level {
  readonly kind: '{' | '[' | '('
  readonly path: readonly (string | number)[]
  index: number
}

const token =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*'|`(?:\\[\s\S]|[^`\\])*`|[A-Za-z_$][\w$]*|-?\d[\w.]*|[{}[\](),:]/g

function* keysOf(source: string): Generator<Found> {
  const levels: Level[] = []
  let pending: { key: string; offset: number } | undefined
  let current: string | number | undefined
  for (const match of source.matchAll(token)) {
    const text = match[0]
    const top = levels.at(-1)
    if (text.startsWith('//') || text.startsWith('/*')) continue
    if (text === '{' || text === '[' || text === '(') {
      // The configuration itself is whatever object stands outside all others; parentheses keep their surroundings.
      const path = top === undefined ? [] : text === '(' ? top.path : childPath(top, current)
      if (top?.kind === '[' && text !== '(') yield { path, offset: match.index }
      levels.push({ kind: text, path: top?.kind === '(' ? top.path : path, index: 0 })
      pending = undefined
      current = undefined
    } else if (text === '}' || text === ']' || text === ')') {
      levels.pop()
      pending = undefined
      current = undefined
    } else if (text === ',') {
      if (top?.kind === '[') top.index++
      pending = undefined
      current = undefined
    } else if (text === ':') {
      if (top?.kind !== '{' || pending === undefined || current !== undefined) continue
      current = pending.key
      yield { path: [...top.path, current], offset: pending.offset }
    } else if (top?.kind === '{' && current === undefined) {
      pending = { key: plain(text), offset: match.index }
    } else if (top?.kind === '[' && current === undefined) {
      yield { path: [...top.path, top.index], offset: match.index }
    }
  }
}

function childPath(level: Level, current: string | number | undefined): readonly (string | number)[] {
  if (level.kind === '[') return [...level.path, level.index]
  return current === undefined ? level.path : [...level.path, current]
}

function plain(text: string): string {
  return /^["'`]/.test(text) ? text.slice(1, -1).replaceAll(/\\(.)/g, '$1') : text
}
