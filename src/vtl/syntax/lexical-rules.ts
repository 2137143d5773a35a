import type { LexicalState, TokenKind } from './token.ts'

/** What happens when a rule wins; `more*` rules begin a token that the next state finishes. */
export type RuleAction =
  | TokenKind
  | 'moreDollar'
  | 'moreTextBlock'
  | 'moreFormalComment'
  | 'moreComment'
  | 'moreHash'
  | 'moreAny'
  | 'skip'
  | 'endReference'
  | 'endHash'

/** One row of Velocity 1.7's lexical grammar, as a sticky expression that matches as far as it can. */
export interface LexicalRule {
  readonly action: RuleAction
  readonly pattern: RegExp
}

const any: readonly LexicalState[] = [
  'text',
  'hash',
  'directive',
  'reference',
  'member',
  'arguments',
  'index',
  'lineComment',
  'blockComment',
  'formalComment',
  'textBlock',
]

const anyCharacter = '[^]'
const newline = String.raw`(?:[ \t]*(?:\r\n|\n|\r))?`
const exponent = '[eE][+-]?[0-9]+'
const float = String.raw`-?[0-9]+\.[0-9]*(?:${exponent})?|-?\.[0-9]+(?:${exponent})?|-?[0-9]+${exponent}`
const word = '[A-Za-z_@][A-Za-z0-9_@]*'
const bracketedWord = String.raw`\{[A-Za-z_][A-Za-z0-9_@]*\}`

/**
 * In the grammar's own order: the longest match wins, the first of equals. Facts from Velocity 1.7's published grammar
 * (https://github.com/apache/velocity-engine/blob/1.7/src/parser/Parser.jjt).
 */
const rows: readonly (readonly [readonly LexicalState[], RuleAction, string])[] = [
  [['reference', 'member'], 'INDEX_LBRACKET', String.raw`\[`],
  [['index'], 'INDEX_RBRACKET', String.raw`\]`],
  [['directive', 'arguments'], 'LBRACKET', String.raw`\[`],
  [['directive', 'arguments'], 'RBRACKET', String.raw`\]`],
  [['directive', 'arguments'], 'COMMA', ','],
  [['directive', 'arguments'], 'DOUBLEDOT', String.raw`\.\.`],
  [['directive', 'arguments'], 'COLON', ':'],
  [['directive', 'arguments'], 'LEFT_CURLEY', String.raw`\{`],
  [['directive', 'arguments'], 'RIGHT_CURLEY', String.raw`\}`],
  [['directive', 'member'], 'LPAREN', String.raw`\(`],
  [['directive'], 'RPAREN', String.raw`\)${newline}`],
  [['arguments'], 'REFMOD2_RPAREN', String.raw`\)`],
  [['text'], 'ESCAPE_DIRECTIVE', String.raw`(?:\\\\)*\\#(?:${word}|${bracketedWord})`],
  [['text', 'reference', 'member', 'arguments'], 'SET_DIRECTIVE', String.raw`[ \t]*(?:#set|#\{set\}) *\(`],
  [any, 'moreDollar', String.raw`\\*\$(?:\\*!)?`],
  [any, 'moreTextBlock', String.raw`#\[\[`],
  [any, 'moreFormalComment', String.raw`#\*\*[^#]`],
  [any, 'moreComment', String.raw`#\*`],
  [any, 'moreHash', '#'],
  [['text', 'hash', 'directive', 'reference'], 'LINE_COMMENT_START', '##'],
  [['text'], 'DOUBLE_ESCAPE', String.raw`\\\\`],
  [['text'], 'ESCAPE', String.raw`\\`],
  [['text'], 'TEXT', String.raw`[^$#\\]+`],
  [['lineComment'], 'LINE_COMMENT', String.raw`\r\n|\n|\r`],
  [['formalComment'], 'FORMAL_COMMENT', String.raw`\*#`],
  [['blockComment'], 'BLOCK_COMMENT', String.raw`\*#`],
  [['textBlock'], 'TEXTBLOCK', String.raw`\]\]#`],
  [['lineComment', 'formalComment', 'blockComment'], 'skip', anyCharacter],
  [['textBlock'], 'moreAny', anyCharacter],
  [['directive', 'arguments', 'index'], 'WHITESPACE', String.raw`[ \t\n\r]+`],
  [['directive', 'arguments', 'index'], 'STRING_LITERAL', `"[^"]*(?:""[^"]*)*"|'[^']*(?:''[^']*)*'`],
  [['reference', 'directive', 'member', 'arguments', 'index'], 'TRUE', 'true'],
  [['reference', 'directive', 'member', 'arguments', 'index'], 'FALSE', 'false'],
  [['directive'], 'MINUS', '-'],
  [['directive'], 'PLUS', String.raw`\+`],
  [['directive'], 'MULTIPLY', String.raw`\*`],
  [['directive'], 'DIVIDE', '/'],
  [['directive'], 'MODULUS', '%'],
  [['directive'], 'LOGICAL_AND', '&&|and'],
  [['directive'], 'LOGICAL_OR', String.raw`\|\||or`],
  [['directive'], 'LOGICAL_LT', '<|lt'],
  [['directive'], 'LOGICAL_LE', '<=|le'],
  [['directive'], 'LOGICAL_GT', '>|gt'],
  [['directive'], 'LOGICAL_GE', '>=|ge'],
  [['directive'], 'LOGICAL_EQUALS', '==|eq'],
  [['directive'], 'LOGICAL_NOT_EQUALS', '!=|ne'],
  [['directive'], 'LOGICAL_NOT', '!|not'],
  [['directive'], 'EQUALS', '='],
  [['hash'], 'END', `(?:end|\\{end\\})${newline}`],
  [['hash'], 'IF_DIRECTIVE', String.raw`if|\{if\}`],
  [['hash'], 'ELSEIF_DIRECTIVE', String.raw`elseif|\{elseif\}`],
  [['hash'], 'ELSE_DIRECTIVE', `(?:else|\\{else\\})${newline}`],
  [['hash', 'directive', 'arguments', 'index'], 'INTEGER_LITERAL', String.raw`-?[0-9]+(?:\.\.)?`],
  [['hash', 'directive', 'arguments', 'index'], 'FLOATING_POINT_LITERAL', float],
  [['hash', 'directive'], 'WORD', word],
  [['hash', 'directive'], 'BRACKETED_WORD', bracketedWord],
  [['reference', 'member', 'arguments'], 'IDENTIFIER', '[A-Za-z_][A-Za-z0-9_-]*'],
  [['reference', 'member', 'arguments'], 'DOT', String.raw`\.[A-Za-z]`],
  [['reference', 'member'], 'LCURLY', String.raw`\{`],
  [['reference', 'member'], 'RCURLY', String.raw`\}`],
  [['reference', 'member'], 'endReference', anyCharacter],
  [['hash'], 'endHash', anyCharacter],
  [['text', 'reference'], 'EMPTY_INDEX', String.raw`\$\[|\$!\[|\$\\!\[|\$\.`],
]

/** The rules that apply in each state. */
export const lexicalRules: Readonly<Record<LexicalState, readonly LexicalRule[]>> = Object.fromEntries(
  any.map(state => [
    state,
    rows
      .filter(([states]) => states.includes(state))
      .map(([, action, pattern]) => ({ action, pattern: new RegExp(pattern, 'y') })),
  ]),
) as Record<LexicalState, LexicalRule[]>
