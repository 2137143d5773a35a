import type { Block, Branch, Expression, ParsedTemplate, Statement } from './node.ts'
import { parseDirective } from './parse-directive.ts'
import { parseExpression } from './parse-expression.ts'
import { parseReference } from './parse-value.ts'
import { syntaxFault } from './syntax-fault.ts'
import { TokenReader } from './token-reader.ts'

/** What parsing needs to know besides the text: names of macros, because `\#name` loses its backslash for them. */
export interface ParseScope {
  readonly macros: Set<string>
  /** How deep directives may be nested. */
  readonly depth: number
}

/** Parses a whole template, or the inside of a string that contains references. */
export function parseTemplate(source: string, scope: ParseScope): ParsedTemplate {
  const parser = new StatementParser(new TokenReader(source), scope)
  const body = parser.block()
  parser.reader.take('EOF', '#end of nothing open, or the end of the template')
  return { source, tokens: parser.reader.tokens, body }
}

/** Statements contain blocks and blocks statements; this holds what both need. */
export class StatementParser {
  readonly reader: TokenReader
  readonly scope: ParseScope
  #depth = 0

  constructor(reader: TokenReader, scope: ParseScope) {
    this.reader = reader
    this.scope = scope
  }

  block(): Block {
    const first = this.reader.ahead
    if (++this.#depth > this.scope.depth)
      throw syntaxFault(
        'A directive',
        `no more than ${this.scope.depth} levels of nesting`,
        this.reader.peek().offset,
      )
    const statements: Statement[] = []
    for (;;) {
      const statement = this.#statement()
      if (statement === undefined) break
      statements.push(statement)
    }
    this.#depth--
    return { type: 'block', statements, first, last: this.reader.behind }
  }

  /** The next statement; undefined where the block ends. */
  #statement(): Statement | undefined {
    const { reader } = this
    const { kind } = reader.peek()
    switch (kind) {
      case 'IF_DIRECTIVE':
        return this.#if()
      case 'IDENTIFIER':
        return parseReference(reader)
      case 'LCURLY':
        return reader.peek(2).kind === 'IDENTIFIER' ? parseReference(reader) : this.#text()
      case 'LINE_COMMENT_START':
      case 'FORMAL_COMMENT':
      case 'BLOCK_COMMENT':
        return this.#comment()
      case 'SET_DIRECTIVE':
        return this.#set()
      case 'DOUBLE_ESCAPE':
        return this.#escape()
      case 'ESCAPE_DIRECTIVE':
        return this.#escapedDirective()
      case 'WORD':
      case 'BRACKETED_WORD':
        return parseDirective(this)
      case 'TEXTBLOCK': {
        const { image, index } = reader.take(kind, 'a text block')
        return { type: 'text', text: image.slice(3, -3), first: index, last: index }
      }
      case 'TEXT':
      case 'DOT':
      case 'RPAREN':
      case 'LPAREN':
      case 'INTEGER_LITERAL':
      case 'FLOATING_POINT_LITERAL':
      case 'STRING_LITERAL':
      case 'ESCAPE':
      case 'RCURLY':
      case 'EMPTY_INDEX':
        return this.#text()
      default:
        return undefined
    }
  }

  #text(): Statement {
    const { kind } = this.reader.peek()
    const { image, special, index } = this.reader.take(kind, 'text')
    return { type: 'text', text: special + image, first: index, last: index }
  }

  #comment(): Statement {
    const { reader } = this
    const { kind, image, index } = reader.take(reader.peek().kind, 'a comment')
    if (kind === 'LINE_COMMENT_START') reader.accept('LINE_COMMENT')
    // What stood between the last token and the comment belongs to its token: `$##`, `$#*`.
    const line = image.indexOf('##')
    const mark = line === -1 ? image.indexOf('#*') : line
    const text = mark === -1 ? '' : image.slice(0, mark)
    if (text === '') return { type: 'comment', first: index, last: reader.behind }
    return { type: 'text', text, first: index, last: reader.behind }
  }

  #set(): Statement {
    const { reader } = this
    const first = reader.ahead
    reader.take('SET_DIRECTIVE', '#set(')
    reader.accept('WHITESPACE')
    const target = parseReference(reader)
    reader.accept('WHITESPACE')
    reader.take('EQUALS', '`=`')
    const value: Expression = parseExpression(reader)
    reader.take('RPAREN', '`)` or an operator')
    reader.lexer.inSet = false
    return { type: 'set', target, value, first, last: reader.behind }
  }

  #if(): Statement {
    const { reader } = this
    const first = reader.ahead
    const branches: Branch[] = []
    let otherwise: Block | undefined
    reader.take('IF_DIRECTIVE', '#if')
    branches.push(this.#branch())
    while (reader.accept('ELSEIF_DIRECTIVE')) branches.push(this.#branch())
    if (reader.accept('ELSE_DIRECTIVE')) otherwise = this.block()
    reader.take('END', '#end')
    return { type: 'if', branches, otherwise, first, last: reader.behind }
  }

  #branch(): Branch {
    const { reader } = this
    reader.accept('WHITESPACE')
    reader.take('LPAREN', '`(`')
    const condition = parseExpression(reader)
    reader.take('RPAREN', '`)` or an operator')
    return { condition, block: this.block() }
  }

  /** Pairs of backslashes: one of each pair stays in front of a directive, both stay elsewhere. */
  #escape(): Statement {
    const { reader } = this
    const first = reader.ahead
    let count = 0
    while (reader.accept('DOUBLE_ESCAPE')) count++
    const { kind, image } = reader.peek()
    const control =
      kind === 'IF_DIRECTIVE' ||
      kind === 'ELSE_DIRECTIVE' ||
      kind === 'ELSEIF_DIRECTIVE' ||
      kind === 'END' ||
      this.knows(image.slice(1))
    return { type: 'text', text: (control ? '\\' : '\\\\').repeat(count), first, last: reader.behind }
  }

  /** `\#name`: half of the backslashes go where the name is a directive. */
  #escapedDirective(): Statement {
    const token = this.reader.take('ESCAPE_DIRECTIVE', 'an escaped directive')
    const slash = token.image.lastIndexOf('\\')
    const directive = token.image.slice(slash + 1)
    const name = directive[1] === '{' ? directive.slice(2, -1) : directive.slice(1)
    if (this.knows(name) || builtIn.has(name))
      token.image = token.image.slice(0, Math.floor(slash / 2)) + directive
    return { type: 'text', text: token.image, first: token.index, last: token.index }
  }

  /** Whether `#name` is a directive that is looked up by name, or a macro that was defined above. */
  knows(name: string): boolean {
    return pluggable.has(name) || this.scope.macros.has(name)
  }
}

const builtIn: ReadonlySet<string> = new Set(['if', 'end', 'set', 'else', 'elseif'])

/** API Gateway has these; `#evaluate` is recorded to be none, `#parse` and `#include` are assumed to be none. */
const pluggable: ReadonlySet<string> = new Set(['foreach', 'macro', 'literal', 'break', 'define', 'stop'])
