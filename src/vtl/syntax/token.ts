/** Velocity's lexical states: which tokens can be read depends on where the reader stands. */
export type LexicalState =
  | 'text'
  | 'hash'
  | 'directive'
  | 'reference'
  | 'member'
  | 'arguments'
  | 'index'
  | 'lineComment'
  | 'blockComment'
  | 'formalComment'
  | 'textBlock'

/** What a token is; the names are the tokens of Velocity 1.7's grammar. */
export type TokenKind =
  | 'EOF'
  | 'INDEX_LBRACKET'
  | 'INDEX_RBRACKET'
  | 'LBRACKET'
  | 'RBRACKET'
  | 'COMMA'
  | 'DOUBLEDOT'
  | 'COLON'
  | 'LEFT_CURLEY'
  | 'RIGHT_CURLEY'
  | 'LPAREN'
  | 'RPAREN'
  | 'REFMOD2_RPAREN'
  | 'ESCAPE_DIRECTIVE'
  | 'SET_DIRECTIVE'
  | 'LINE_COMMENT_START'
  | 'LINE_COMMENT'
  | 'BLOCK_COMMENT'
  | 'FORMAL_COMMENT'
  | 'TEXTBLOCK'
  | 'DOUBLE_ESCAPE'
  | 'ESCAPE'
  | 'TEXT'
  | 'WHITESPACE'
  | 'STRING_LITERAL'
  | 'TRUE'
  | 'FALSE'
  | 'MINUS'
  | 'PLUS'
  | 'MULTIPLY'
  | 'DIVIDE'
  | 'MODULUS'
  | 'LOGICAL_AND'
  | 'LOGICAL_OR'
  | 'LOGICAL_LT'
  | 'LOGICAL_LE'
  | 'LOGICAL_GT'
  | 'LOGICAL_GE'
  | 'LOGICAL_EQUALS'
  | 'LOGICAL_NOT_EQUALS'
  | 'LOGICAL_NOT'
  | 'EQUALS'
  | 'END'
  | 'IF_DIRECTIVE'
  | 'ELSEIF_DIRECTIVE'
  | 'ELSE_DIRECTIVE'
  | 'INTEGER_LITERAL'
  | 'FLOATING_POINT_LITERAL'
  | 'WORD'
  | 'BRACKETED_WORD'
  | 'IDENTIFIER'
  | 'DOT'
  | 'LCURLY'
  | 'RCURLY'
  | 'EMPTY_INDEX'

/** One token; `image` changes once, when a reference strips its escapes, because Velocity prints the stripped one. */
export interface Token {
  readonly kind: TokenKind
  image: string
  /** What was read and given back right before this token: `$` that began no reference, `#` that began no directive. */
  readonly special: string
  /** Offset of the first character of `image` in the source. */
  readonly offset: number
  readonly index: number
}
