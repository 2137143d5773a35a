import { type LexicalRule, rulesFor } from './lexical-rules.ts'
import { specialText } from './special-text.ts'
import { type SyntaxFault, syntaxFault } from './syntax-fault.ts'
import type { LexicalState, Token, TokenKind } from './token.ts'

const backslash = 0x5c

interface SavedState {
  readonly state: LexicalState
  readonly opened: number
  readonly closed: number
}

/**
 * Reads tokens as Velocity's state machine does, one at a time, because the parser switches states between tokens.
 * Text that starts like a reference or a directive and is none is given back and travels as `special`.
 */
export class Lexer {
  readonly source: string
  position = 0
  inSet = false
  #state: LexicalState = 'text'
  #stack: SavedState[] = []
  #opened = 0
  #closed = 0
  #inComment = false
  #count = 0
  #slashesEnd = 0
  #slashesPlain = false

  constructor(source: string) {
    this.source = source
  }

  /** Enters `state` without saving the one before. */
  switchTo(state: LexicalState): void {
    this.#state = state
  }

  /** Returns to the state below; false where there is none. */
  pop(): boolean {
    const saved = this.#stack.pop()
    if (saved === undefined) {
      this.#opened = 0
      this.#state = 'text'
      return false
    }
    this.#opened = saved.opened
    this.#closed = saved.closed
    this.#state = saved.state
    return true
  }

  next(): Token {
    const given: string[] = []
    let start = this.position
    let continued = false
    for (;;) {
      if (this.position >= this.source.length) {
        if (continued) throw this.#fault()
        return { kind: 'EOF', image: '', special: specialText(given), offset: start, index: this.#count++ }
      }
      const { rule, end } = this.#longest()
      switch (rule.action) {
        case 'moreDollar':
          this.#beginReference(end)
          continued = true
          break
        case 'moreTextBlock':
          this.#beginComment('textBlock', end)
          continued = true
          break
        case 'moreFormalComment':
          this.#beginComment('formalComment', this.#inComment ? end : end - 1)
          continued = true
          break
        case 'moreComment':
          this.#beginComment('blockComment', end)
          continued = true
          break
        case 'moreHash':
          this.#beginHash(end)
          continued = true
          break
        case 'moreAny':
          this.position = end
          continued = true
          break
        case 'skip':
          this.position = end
          start = end
          continued = false
          break
        case 'endReference':
        case 'endHash':
          given.push(this.source.slice(start, end))
          start = this.position
          continued = false
          this.pop()
          break
        default:
          return this.#token(rule.action, start, end, specialText(given))
      }
    }
  }

  /** Whether nothing but blanks stands before the next `(`. */
  beforeParenthesis(): boolean {
    for (let index = this.position; index < this.source.length; index++) {
      const character = this.source[index]
      if (character === '(') return true
      if (character !== ' ' && character !== '\n' && character !== '\r' && character !== '\t') return false
    }
    return false
  }

  #push(state: LexicalState): void {
    this.#stack.push({ state: this.#state, opened: this.#opened, closed: this.#closed })
    this.#opened = 0
    this.#state = state
  }

  #longest(): { rule: LexicalRule; end: number } {
    let rule: LexicalRule | undefined
    let end = this.position
    const unit = this.source.charCodeAt(this.position)
    const plainSlash = unit === backslash && this.#beginsPlainSlashes()
    for (const candidate of rulesFor(this.#state, unit)) {
      if (plainSlash && candidate.action !== 'DOUBLE_ESCAPE' && candidate.action !== 'ESCAPE') continue
      const { pattern } = candidate
      pattern.lastIndex = this.position
      if (pattern.test(this.source) && pattern.lastIndex > end) {
        rule = candidate
        end = pattern.lastIndex
      }
    }
    if (rule === undefined) throw this.#fault()
    return { rule, end }
  }

  /** Whether the backslashes here escape nothing in text; found out once for all of them. */
  #beginsPlainSlashes(): boolean {
    if (this.#state !== 'text') return false
    if (this.position >= this.#slashesEnd) {
      let end = this.position
      while (this.source.charCodeAt(end) === backslash) end++
      this.#slashesEnd = end
      this.#slashesPlain = this.source[end] !== '$' && this.source[end] !== '#'
    }
    return this.#slashesPlain
  }

  #beginReference(end: number): void {
    this.position = end
    if (this.#inComment) return
    if (this.#state === 'reference') this.pop()
    this.#push('reference')
  }

  #beginComment(state: LexicalState, end: number): void {
    this.position = end
    if (this.#inComment) return
    this.#inComment = true
    this.#push(state)
  }

  #beginHash(end: number): void {
    this.position = end
    if (this.#inComment) return
    if (this.#state === 'reference' || this.#state === 'member') this.pop()
    this.#push('hash')
  }

  #token(kind: TokenKind, start: number, matched: number, special: string): Token {
    let end = matched
    let image = this.source.slice(start, end)
    const state = this.#state
    switch (kind) {
      case 'INDEX_LBRACKET':
        this.#push('index')
        break
      case 'LPAREN':
        this.#opened++
        if (state === 'member') this.#state = 'arguments'
        break
      case 'RPAREN':
        this.#closeParenthesis()
        break
      case 'REFMOD2_RPAREN':
        this.#state = 'reference'
        break
      case 'SET_DIRECTIVE':
        this.#push('directive')
        this.inSet = true
        this.#opened++
        break
      case 'LINE_COMMENT_START':
        if (!this.#inComment) {
          if (state === 'reference') this.pop()
          this.#inComment = true
          this.#push('lineComment')
        }
        break
      case 'LINE_COMMENT':
      case 'FORMAL_COMMENT':
      case 'BLOCK_COMMENT':
      case 'TEXTBLOCK':
        this.#inComment = false
        this.pop()
        break
      case 'STRING_LITERAL':
        if (state === 'directive' && !this.inSet && this.#opened === 0) this.pop()
        break
      case 'INTEGER_LITERAL':
        if (image.endsWith('..')) {
          image = image.slice(0, -2)
          end -= 2
        }
        if (this.#opened === 0 && !this.inSet && state !== 'arguments' && state !== 'index') this.pop()
        break
      case 'FLOATING_POINT_LITERAL':
        if (this.#opened === 0 && !this.inSet && state !== 'arguments') this.pop()
        break
      case 'DOT':
        end -= 1
        image = '.'
        this.#state = 'member'
        break
      case 'IF_DIRECTIVE':
      case 'ELSEIF_DIRECTIVE':
        this.#state = 'directive'
        break
      case 'INDEX_RBRACKET':
      case 'END':
      case 'ELSE_DIRECTIVE':
      case 'RCURLY':
        this.pop()
        break
    }
    this.position = end
    return { kind, image, special, offset: start, index: this.#count++ }
  }

  /** A `)` closes the nearest state that has an open `(`, and every state above it. */
  #closeParenthesis(): void {
    for (;;) {
      if (this.#opened > 0) {
        if (this.#opened === this.#closed + 1) this.pop()
        else this.#closed++
        return
      }
      if (!this.pop()) return
    }
  }

  #fault(): SyntaxFault {
    const found = this.position < this.source.length ? `\`${this.source[this.position]}\`` : 'the end'
    const wanted: Partial<Record<LexicalState, string>> = {
      reference: 'a reference such as $name or ${name}',
      hash: 'a directive such as #if or #set',
      member: 'the name of a property or a method',
      arguments: 'arguments and `)`',
      index: 'an index and `]`',
      directive: 'an expression',
      formalComment: 'the end of the comment, `*#`',
      blockComment: 'the end of the comment, `*#`',
      lineComment: 'the end of the line',
      textBlock: 'the end of the text block, `]]#`',
    }
    return syntaxFault(found, wanted[this.#state] ?? 'text', this.position)
  }
}
