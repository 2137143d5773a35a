import { beyond, plainScalar, quotedScalar } from './simple-yaml-scalar.ts'
import type { MapEntry, ScalarNode, SourceNode } from './source-node.ts'
import type { SourceText } from './source-text.ts'

const deepest = 100

/** Reads `{…}` and `[…]` on one line. */
export function createFlowReader(
  source: SourceText,
): (start: number, depth: number) => { readonly node: SourceNode; readonly end: number } {
  const { text } = source
  let at = 0

  const blank = (): void => {
    while (text[at] === ' ') at++
    if (text[at] === '\n' || text[at] === '\t' || text[at] === '#') beyond()
  }
  const scalar = (
    start: number,
    value: ScalarNode['value'],
    written: string,
    style: ScalarNode['style'],
  ): ScalarNode => ({
    kind: 'scalar',
    origin: source,
    start,
    end: at,
    value,
    text: value === null ? '' : written,
    style,
  })
  const readScalar = (isKey: boolean): ScalarNode => {
    const start = at
    const char = text[at] ?? ''
    if (char === '"' || char === "'") {
      const { value, end } = quotedScalar(text, at)
      at = end
      return scalar(start, value, value, char === '"' ? 'quoted' : 'single')
    }
    if (char === '' || '&*!|>%@`?:-,[]{}'.includes(char)) {
      // A minus before a digit is a number, anything else is left to the full parser.
      if (!(char === '-' && /[0-9.]/.test(text[at + 1] ?? ''))) beyond()
    }
    for (; at < text.length; at++) {
      const next = text[at] ?? ''
      if (',[]{}\n'.includes(next)) break
      if (next === '\t' || (next === '#' && text[at - 1] === ' ')) beyond()
      if (next !== ':') continue
      const behind = text[at + 1] ?? ''
      if (behind === ' ') break
      if (',[]{}\n'.includes(behind)) beyond()
    }
    if (text[at] === '[' || text[at] === '{') beyond()
    const written = text.slice(start, at).trimEnd()
    at = start + written.length
    return scalar(start, isKey ? written : plainScalar(written), written, 'plain')
  }
  const readMap = (depth: number): SourceNode => {
    const start = at++
    const entries = new Map<string, MapEntry>()
    const repeated: MapEntry[] = []
    for (blank(); text[at] !== '}'; blank()) {
      const key = readScalar(true)
      if (key.text === '' || key.text === '<<') beyond()
      blank()
      if (text[at] !== ':' || (key.style === 'plain' && text[at + 1] !== ' ')) beyond()
      at++
      blank()
      if (text[at] === ',' || text[at] === '}') beyond()
      const value = readNode(depth + 1)
      const entry = { key: key.text, start: key.start, value }
      if (entries.has(entry.key)) repeated.push(entry)
      entries.set(entry.key, entry)
      separator('}')
    }
    at++
    return { kind: 'map', origin: source, start, end: at, entries, repeated }
  }
  const readList = (depth: number): SourceNode => {
    const start = at++
    const items: SourceNode[] = []
    for (blank(); text[at] !== ']'; blank()) {
      items.push(readNode(depth + 1))
      separator(']')
    }
    at++
    return { kind: 'list', origin: source, start, end: at, items }
  }
  /** A comma may stand before the end, but not twice; `[a: b]` is a mapping of one pair. */
  const separator = (close: string): void => {
    blank()
    if (text[at] === ',') at++
    else if (text[at] !== close) beyond()
  }
  const readNode = (depth: number): SourceNode => {
    if (depth > deepest) beyond()
    if (text[at] === '{') return readMap(depth)
    if (text[at] === '[') return readList(depth)
    return readScalar(false)
  }
  return (start, depth) => {
    at = start
    const node = readNode(depth)
    return { node, end: at }
  }
}
