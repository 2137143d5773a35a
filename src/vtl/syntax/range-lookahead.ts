import type { TokenKind } from './token.ts'
import type { TokenReader } from './token-reader.ts'

/** Looks ahead over `[`, one reference or integer, and blanks, for `..`; nothing is taken. */
export function beginsRange(reader: TokenReader): boolean {
  let distance = 2
  if (reader.peek(distance).kind === 'WHITESPACE') distance++
  if (reader.peek(distance).kind === 'INTEGER_LITERAL') distance++
  else {
    const end = skipReference(reader, distance)
    if (end === undefined) return false
    distance = end
  }
  if (reader.peek(distance).kind === 'WHITESPACE') distance++
  return reader.peek(distance).kind === 'DOUBLEDOT'
}

/** The distance behind the reference that begins at `distance`, or undefined if none does. */
function skipReference(reader: TokenReader, distance: number): number | undefined {
  let at = distance
  const formal = reader.peek(at).kind === 'LCURLY'
  if (formal) at++
  if (reader.peek(at).kind !== 'IDENTIFIER') return undefined
  at = skipIndexes(reader, at + 1)
  while (reader.peek(at).kind === 'DOT' && reader.peek(at + 1).kind === 'IDENTIFIER') {
    at += 2
    if (reader.peek(at).kind === 'LPAREN') at = skipArguments(reader, at) ?? at
    at = skipIndexes(reader, at)
  }
  if (!formal) return at
  return reader.peek(at).kind === 'RCURLY' ? at + 1 : undefined
}

function skipIndexes(reader: TokenReader, distance: number): number {
  let at = distance
  while (reader.peek(at).kind === 'INDEX_LBRACKET') {
    const end = skipBalanced(reader, at, 'INDEX_LBRACKET', 'INDEX_RBRACKET')
    if (end === undefined) return at
    at = end
  }
  return at
}

function skipArguments(reader: TokenReader, distance: number): number | undefined {
  return skipBalanced(reader, distance, 'LPAREN', 'REFMOD2_RPAREN')
}

function skipBalanced(
  reader: TokenReader,
  distance: number,
  open: TokenKind,
  close: TokenKind,
): number | undefined {
  let depth = 0
  for (let at = distance; ; at++) {
    const { kind } = reader.peek(at)
    if (kind === open) depth++
    else if (kind === close && --depth === 0) return at + 1
    else if (kind === 'EOF') return undefined
  }
}
