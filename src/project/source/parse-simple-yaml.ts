import { createFlowReader } from './simple-yaml-flow.ts'
import { BeyondSimpleYaml, beyond, mayBeginPlain, plainScalar, quotedScalar } from './simple-yaml-scalar.ts'
import type { MapEntry, ScalarNode, SourceNode } from './source-node.ts'
import type { SourceText } from './source-text.ts'

const deepest = 100

/**
 * Reads the YAML that Swagger files are written in: block mappings and lists, scalars and flow collections on one
 * line, literal blocks. Answers undefined for anything else (anchors, tags, folded texts, tabs, every error), which is
 * left to the full parser. The tree is the full parser's, in a twentieth of its time.
 */
export function parseSimpleYaml(source: SourceText): SourceNode | undefined {
  if (/[\r\ufeff]/.test(source.text)) return undefined
  try {
    return readDocument(source)
  } catch (error) {
    if (error instanceof BeyondSimpleYaml) return undefined
    throw error
  }
}

function readDocument(source: SourceText): SourceNode {
  const { text } = source
  const flow = createFlowReader(source)
  /** The offset of the next content, and its column. */
  let at = text.startsWith('---\n') ? 4 : 0
  let column = 0

  /** Goes to the next line that holds something, from the beginning of a line. */
  const nextLine = (): void => {
    for (;;) {
      const start = at
      while (text[at] === ' ') at++
      const char = text[at]
      if (char === '\t') beyond()
      if (char === undefined) {
        column = -1
        return
      }
      if (char === '#') {
        const end = text.indexOf('\n', at)
        at = end < 0 ? text.length : end + 1
      } else if (char === '\n') at++
      else {
        column = at - start
        if (column === 0 && /^(---|\.\.\.|%)/.test(text.slice(at, at + 3))) beyond()
        return
      }
    }
  }
  /** Leaves a line on which nothing but a comment may follow. */
  const endLine = (): void => {
    const start = at
    while (text[at] === ' ') at++
    if (text[at] === '#' && at > start) {
      const end = text.indexOf('\n', at)
      at = end < 0 ? text.length : end
    }
    if (text[at] === '\n') at++
    else if (at < text.length) beyond()
    nextLine()
  }
  const isLineEnd = (offset: number): boolean => text[offset] === '\n' || offset >= text.length
  const isDash = (offset: number): boolean =>
    text[offset] === '-' && (text[offset + 1] === ' ' || isLineEnd(offset + 1))

  /** A placeholder that nobody replaced stands where YAML has no `%`; the full parser is told to let it pass, too. */
  const isPlaceholder = (): boolean => text[at] === '%' && /^%[A-Z]\w+%/.test(text.slice(at, at + 80))

  /** A key that begins at `at` and where its colon stands; undefined where there is none on the line. */
  const findKey = (): { readonly key: string; readonly colon: number } | undefined => {
    const char = text[at] ?? ''
    if (char === '"' || char === "'") {
      const { value, end } = quotedScalar(text, at)
      let colon = end
      while (text[colon] === ' ') colon++
      return text[colon] === ':' && (text[colon + 1] === ' ' || isLineEnd(colon + 1))
        ? { key: value, colon }
        : undefined
    }
    if (!mayBeginPlain(char, text[at + 1] ?? '')) return undefined
    for (let colon = at; !isLineEnd(colon); colon++) {
      const code = text[colon]
      if (code === '#' && text[colon - 1] === ' ') return undefined
      if (code === '\t') beyond()
      if (code === ':' && (text[colon + 1] === ' ' || isLineEnd(colon + 1)))
        return { key: text.slice(at, colon).trimEnd(), colon }
    }
    return undefined
  }
  const scalar = (
    start: number,
    end: number,
    value: ScalarNode['value'],
    written: string,
    style: ScalarNode['style'],
  ): ScalarNode => ({
    kind: 'scalar',
    origin: source,
    start,
    end,
    value,
    text: value === null ? '' : written,
    style,
  })

  const readBlock = (indent: number, depth: number): SourceNode => {
    if (depth > deepest) beyond()
    return isDash(at) ? readList(indent, depth) : readMap(indent, depth)
  }
  const readMap = (indent: number, depth: number): SourceNode => {
    const start = at
    let end = at
    const entries = new Map<string, MapEntry>()
    const repeated: MapEntry[] = []
    do {
      const found = isDash(at) ? undefined : findKey()
      if (found === undefined || found.key === '' || found.key === '<<') return beyond()
      const keyStart = at
      at = found.colon + 1
      const value = readValue(indent, depth, true, found.colon + 1)
      end = value.end
      const entry = { key: found.key, start: keyStart, value }
      if (entries.has(found.key)) repeated.push(entry)
      entries.set(found.key, entry)
    } while (column === indent)
    if (column > indent) beyond()
    return { kind: 'map', origin: source, start, end, entries, repeated }
  }
  const readList = (indent: number, depth: number): SourceNode => {
    const start = at
    const items: SourceNode[] = []
    let end = at
    while (column === indent && isDash(at)) {
      const dash = at
      at++
      while (text[at] === ' ') at++
      const inner = indent + (at - dash)
      const nested = !isLineEnd(at) && text[at] !== '#' && (isDash(at) || findKey() !== undefined)
      if (nested) {
        column = inner
        items.push(readBlock(inner, depth + 1))
      } else items.push(readValue(indent, depth, false, dash + 1))
      end = items.at(-1)?.end ?? end
    }
    if (column > indent) beyond()
    return { kind: 'list', origin: source, start, end, items }
  }
  /** What stands behind a colon or a dash of a collection at `indent`. */
  const readValue = (indent: number, depth: number, inMap: boolean, nullAt: number): SourceNode => {
    while (text[at] === ' ') at++
    const char = text[at] ?? ''
    if (isLineEnd(at) || (char === '#' && text[at - 1] === ' ')) {
      const empty = inMap ? nullAt : at
      endLine()
      if (column > indent) return readBlock(column, depth + 1)
      if (inMap && column === indent && isDash(at)) return readList(indent, depth + 1)
      return scalar(empty, empty, null, '', 'plain')
    }
    const start = at
    if (char === '|') return readLiteral(indent)
    if (char === '"' || char === "'") {
      const { value, end } = quotedScalar(text, at)
      at = end
      return lastOnLine(scalar(start, end, value, value, char === '"' ? 'quoted' : 'single'), indent)
    }
    if (char === '[' || char === '{') {
      const { node, end } = flow(at, depth)
      at = end
      return lastOnLine(node, indent)
    }
    if (!mayBeginPlain(char, text[at + 1] ?? '') && !isPlaceholder()) beyond()
    if (findKey() !== undefined) beyond()
    let end = at
    while (!isLineEnd(end) && !(text[end] === '#' && text[end - 1] === ' ')) end++
    const written = text.slice(at, end).trimEnd()
    if (written.includes('\t')) beyond()
    at += written.length
    return lastOnLine(scalar(start, at, plainScalar(written), written, 'plain'), indent)
  }
  /** A line that is indented further would go on with the scalar. */
  const lastOnLine = <Node extends SourceNode>(node: Node, indent: number): Node => {
    endLine()
    if (column > indent) beyond()
    return node
  }
  const readLiteral = (indent: number): SourceNode => {
    const start = at
    const header = /\|([-+]?) *\n/y
    header.lastIndex = at
    const chomping = header.exec(text)
    if (chomping === null) return beyond()
    at = header.lastIndex
    const lines: string[] = []
    let own = -1
    let end = at
    for (;;) {
      if (at >= text.length) break
      const newline = text.indexOf('\n', at)
      const lineEnd = newline < 0 ? text.length : newline
      let first = at
      while (text[first] === ' ') first++
      if (first >= lineEnd) {
        if (own < 0 && first - at > 0) beyond()
        lines.push(own < 0 ? '' : text.slice(at + own, lineEnd))
      } else {
        const spaces = first - at
        if (own < 0) {
          if (spaces <= indent) break
          own = spaces
        } else if (spaces < own) {
          if (spaces > indent) beyond()
          break
        }
        lines.push(text.slice(at + own, lineEnd))
      }
      if (newline < 0) beyond()
      at = newline + 1
      end = at
    }
    let last = lines.length
    while (last > 0 && lines[last - 1] === '') last--
    const content = lines.slice(0, last).join('\n')
    const kept = chomping[1] === '+' ? '\n'.repeat(lines.length - last + (last > 0 ? 1 : 0)) : '\n'
    const value = chomping[1] === '-' ? content : last === 0 && chomping[1] === '' ? '' : content + kept
    nextLine()
    if (column > indent) beyond()
    return scalar(start, end, value, value, 'literal')
  }

  nextLine()
  if (column < 0) beyond()
  const root = readBlock(column, 0)
  if (column !== -1) beyond()
  return root
}
