import type { Accessor, Expression, Reference } from './node.ts'
import { beginsRange } from './range-lookahead.ts'
import type { TokenKind } from './token.ts'
import type { TokenReader } from './token-reader.ts'

const valueKinds: ReadonlySet<TokenKind> = new Set<TokenKind>([
  'IDENTIFIER',
  'LCURLY',
  'STRING_LITERAL',
  'INTEGER_LITERAL',
  'FLOATING_POINT_LITERAL',
  'TRUE',
  'FALSE',
  'LBRACKET',
  'LEFT_CURLEY',
])

/** An argument of a method, an item of a list or a map. */
function parseParameter(reader: TokenReader): Expression {
  reader.accept('WHITESPACE')
  const value = parseValue(
    reader,
    'an argument: a reference, a string, a number, true, false, [ … ] or { … }',
  )
  reader.accept('WHITESPACE')
  return value
}

/** Whether the token at `distance` begins a value. */
export function beginsValue(reader: TokenReader, distance = 1): boolean {
  return valueKinds.has(reader.peek(distance).kind)
}

export function parseValue(reader: TokenReader, expected: string): Expression {
  const { kind, image } = reader.peek()
  const first = reader.ahead
  switch (kind) {
    case 'IDENTIFIER':
    case 'LCURLY':
      return parseReference(reader)
    case 'STRING_LITERAL':
      reader.take(kind, expected)
      return { type: 'string', first, last: first }
    case 'INTEGER_LITERAL':
      reader.take(kind, expected)
      return { type: 'integer', text: image, first, last: first }
    case 'FLOATING_POINT_LITERAL':
      reader.take(kind, expected)
      return { type: 'float', text: image, first, last: first }
    case 'TRUE':
    case 'FALSE':
      reader.take(kind, expected)
      return { type: 'boolean', value: kind === 'TRUE', first, last: first }
    case 'LBRACKET':
      return beginsRange(reader) ? parseRange(reader) : parseList(reader)
    case 'LEFT_CURLEY':
      return parseMap(reader)
    default:
      throw reader.fault(expected)
  }
}

function parseRange(reader: TokenReader): Expression {
  const first = reader.ahead
  const bound = 'an integer or a reference'
  reader.take('LBRACKET', '[')
  reader.accept('WHITESPACE')
  const from = parseBound(reader, bound)
  reader.accept('WHITESPACE')
  reader.take('DOUBLEDOT', '..')
  reader.accept('WHITESPACE')
  const to = parseBound(reader, bound)
  reader.accept('WHITESPACE')
  reader.take('RBRACKET', '`]` at the end of the range')
  return { type: 'range', from, to, first, last: reader.behind }
}

function parseBound(reader: TokenReader, expected: string): Expression {
  const { kind } = reader.peek()
  if (kind === 'INTEGER_LITERAL' || kind === 'IDENTIFIER' || kind === 'LCURLY')
    return parseValue(reader, expected)
  throw reader.fault(expected)
}

function parseList(reader: TokenReader): Expression {
  const first = reader.ahead
  const items: Expression[] = []
  reader.take('LBRACKET', '[')
  if (reader.peek().kind === 'WHITESPACE' || beginsValue(reader)) {
    items.push(parseParameter(reader))
    while (reader.accept('COMMA')) items.push(parseParameter(reader))
  }
  reader.take('RBRACKET', '`,` or `]`')
  return { type: 'list', items, first, last: reader.behind }
}

function parseMap(reader: TokenReader): Expression {
  const first = reader.ahead
  const entries: (readonly [Expression, Expression])[] = []
  reader.take('LEFT_CURLEY', '{')
  const blank = reader.peek().kind === 'WHITESPACE'
  if (beginsValue(reader, blank ? 2 : 1)) {
    do {
      const key = parseParameter(reader)
      reader.take('COLON', '`:` behind the key')
      entries.push([key, parseParameter(reader)])
    } while (reader.accept('COMMA'))
  } else {
    reader.accept('WHITESPACE')
  }
  if (!reader.accept('RCURLY')) reader.take('RIGHT_CURLEY', '`,` or `}`')
  return { type: 'map', entries, first, last: reader.behind }
}

const expectedIndex = 'an index: a string, an integer, true, false or a reference'

const indexKinds: ReadonlySet<TokenKind> = new Set<TokenKind>([
  'STRING_LITERAL',
  'INTEGER_LITERAL',
  'TRUE',
  'FALSE',
  'IDENTIFIER',
  'LCURLY',
])

/** `$name`, `${name}`, and what follows: `.property`, `.method(…)`, `[index]`. */
export function parseReference(reader: TokenReader): Reference {
  const first = reader.ahead
  const formal = reader.accept('LCURLY') !== undefined
  reader.take('IDENTIFIER', 'the name of a reference')
  const accessors: Accessor[] = []
  parseIndexes(reader, accessors)
  while (reader.peek().kind === 'DOT' && reader.peek(2).kind === 'IDENTIFIER') {
    reader.take('DOT', '.')
    accessors.push(beginsMethod(reader) ? parseMethod(reader) : parseProperty(reader))
    parseIndexes(reader, accessors)
  }
  if (formal) reader.take('RCURLY', '`}`')
  return { type: 'reference', accessors, first, last: reader.behind }
}

/** Looks three tokens ahead, as the grammar does: a name, `(`, and what may follow that. */
function beginsMethod(reader: TokenReader): boolean {
  if (reader.peek(2).kind !== 'LPAREN') return false
  const { kind } = reader.peek(3)
  return kind === 'WHITESPACE' || kind === 'REFMOD2_RPAREN' || beginsValue(reader, 3)
}

function parseProperty(reader: TokenReader): Accessor {
  const { image, index } = reader.take('IDENTIFIER', 'the name of a property')
  return { type: 'property', name: image, first: index, last: index }
}

function parseMethod(reader: TokenReader): Accessor {
  const name = reader.take('IDENTIFIER', 'the name of a method')
  const list: Expression[] = []
  reader.take('LPAREN', '(')
  if (reader.peek().kind !== 'REFMOD2_RPAREN') {
    list.push(parseParameter(reader))
    while (reader.accept('COMMA')) list.push(parseParameter(reader))
  }
  reader.take('REFMOD2_RPAREN', '`,` or `)`')
  return { type: 'method', name: name.image, arguments: list, first: name.index, last: reader.behind }
}

function parseIndexes(reader: TokenReader, accessors: Accessor[]): void {
  while (reader.peek().kind === 'INDEX_LBRACKET') {
    const first = reader.ahead
    reader.take('INDEX_LBRACKET', '[')
    reader.accept('WHITESPACE')
    if (!indexKinds.has(reader.peek().kind)) throw reader.fault(expectedIndex)
    const index = parseValue(reader, expectedIndex)
    reader.accept('WHITESPACE')
    reader.take('INDEX_RBRACKET', '`]`')
    accessors.push({ type: 'index', index, first, last: reader.behind })
  }
}
