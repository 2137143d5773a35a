import type { Place } from '../problems.ts'
import type { ScalarNode } from './source-node.ts'

/**
 * Where line and column of a text's own content stand in the file that holds it: inside a `.vtl` file, a block
 * scalar or a quoted text. Where that cannot be told (folded texts), the beginning of the text.
 */
export function placeInText(node: ScalarNode, line: number, column: number): Place {
  const { origin } = node
  if (node.style === 'file') return origin.placeAt(offsetOfLine(origin.text, 0, line) + column - 1)
  if (node.style === 'literal') {
    const content = origin.text.indexOf('\n', node.start) + 1
    if (content === 0) return origin.placeAt(node.start)
    const indent = blockIndent(origin.text, content, node.end)
    const start = offsetOfLine(origin.text, content, line)
    return origin.placeAt(start + indent + column - 1)
  }
  if (node.style === 'quoted' || node.style === 'plain' || node.style === 'single') {
    const wanted = offsetOfLine(node.text, 0, line) + column - 1
    return origin.placeAt(sourceOffset(origin.text, node, wanted))
  }
  return origin.placeAt(node.start)
}

function offsetOfLine(text: string, from: number, line: number): number {
  let offset = from
  for (let number = 1; number < line; number++) {
    const next = text.indexOf('\n', offset)
    if (next < 0) return text.length
    offset = next + 1
  }
  return offset
}

/** The indentation that the literal's first line that is not blank sets. */
function blockIndent(text: string, from: number, to: number): number {
  const match = /^( *)[^\s]/m.exec(text.slice(from, to))
  return match?.[1]?.length ?? 0
}

/** Walks the text as written until it has produced `wanted` characters. */
function sourceOffset(text: string, node: ScalarNode, wanted: number): number {
  const quoted = node.style === 'quoted'
  let at = node.start + (node.style === 'plain' ? 0 : 1)
  for (let made = 0; made < wanted && at < node.end; made++) {
    // A line break inside a flow scalar is folded by YAML; what follows can no longer be counted.
    if (text[at] === '\n') return node.start
    if (quoted && text[at] === '\\') at += escapeLength(text, at)
    else if (node.style === 'single' && text.startsWith("''", at)) at += 2
    else at += 1
  }
  return at
}

function escapeLength(text: string, at: number): number {
  const digits = { x: 2, u: 4, U: 8 }[text[at + 1] ?? '']
  return 2 + (digits ?? 0)
}
