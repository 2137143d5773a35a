import type { Argument, Block, Directive } from './node.ts'
import type { StatementParser } from './parse-template.ts'
import { beginsValue, parseValue } from './parse-value.ts'
import { syntaxFault } from './syntax-fault.ts'
import type { Token } from './token.ts'
import type { TokenReader } from './token-reader.ts'

const withBlock: ReadonlySet<string> = new Set(['foreach', 'macro', 'literal', 'define'])
const withoutBlock: ReadonlySet<string> = new Set(['break', 'stop'])

/** `#name`, `#name(…)` and, for those that have one, the block up to `#end`. */
export function parseDirective(parser: StatementParser): Directive {
  const { reader } = parser
  const first = reader.ahead
  const { kind } = reader.peek()
  const token = reader.take(kind, 'a directive')
  const name = kind === 'BRACKETED_WORD' ? token.image.slice(2, -1) : token.image.slice(1)
  const known = withBlock.has(name) || withoutBlock.has(name)
  reader.lexer.switchTo('directive')
  if (!reader.lexer.beforeParenthesis()) {
    if (name === 'macro') throw syntaxFault('`#macro`', '`#macro(name …)`', token.offset)
    reader.lexer.pop()
    return { type: 'directive', name, known, arguments: [], block: undefined, first, last: first }
  }
  const list = parseArguments(reader, name, known, token)
  if (!withBlock.has(name) && !name.startsWith('@'))
    return { type: 'directive', name, known, arguments: list, block: undefined, first, last: reader.behind }
  const block: Block = parser.block()
  reader.take('END', '#end')
  if (name === 'macro') defineMacro(parser, list, token)
  return { type: 'directive', name, known, arguments: list, block, first, last: reader.behind }
}

function parseArguments(reader: TokenReader, name: string, known: boolean, token: Token): Argument[] {
  const list: Argument[] = []
  reader.accept('WHITESPACE')
  reader.take('LPAREN', '`(`')
  while (beginsArgument(reader)) {
    reader.accept('WHITESPACE')
    if (reader.accept('COMMA')) reader.accept('WHITESPACE')
    list.push(parseArgument(reader, name, known, list.length, token))
  }
  reader.accept('WHITESPACE')
  reader.take('RPAREN', '`)`')
  return list
}

/** Looks two tokens ahead, as the grammar does. */
function beginsArgument(reader: TokenReader): boolean {
  const { kind } = reader.peek()
  if (kind === 'WHITESPACE') {
    const next = reader.peek(2).kind
    return next === 'COMMA' || next === 'WORD' || beginsValue(reader, 2)
  }
  if (kind === 'COMMA') {
    const next = reader.peek(2).kind
    return next === 'WHITESPACE' || next === 'WORD' || beginsValue(reader, 2)
  }
  return kind === 'WORD' || beginsValue(reader)
}

function parseArgument(
  reader: TokenReader,
  name: string,
  known: boolean,
  position: number,
  token: Token,
): Argument {
  if (reader.peek().kind === 'WORD') {
    const { image, index, offset } = reader.take('WORD', 'an argument')
    const allowed = name === 'macro' ? position === 0 : name === 'foreach' ? position === 1 : !known
    if (!allowed) throw syntaxFault(`\`${image}\``, `an argument of #${name} that is a value`, offset)
    return { type: 'word', text: image, first: index, last: index }
  }
  if (name === 'macro' && position === 0)
    throw syntaxFault('A value', 'the name of the macro, without quotes', token.offset)
  return parseValue(reader, 'an argument')
}

/** Macros are off in API Gateway: a definition renders nothing, a call prints itself. */
function defineMacro(parser: StatementParser, list: readonly Argument[], token: Token): void {
  const macro = list[0]
  if (macro?.type !== 'word') throw syntaxFault('`#macro()`', 'the name of the macro', token.offset)
  parser.scope.macros.add(macro.text)
}
