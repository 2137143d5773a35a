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
 * In the grammar's own order: the longest match wins, the first of equals; `first` are the units that a match can begin
 * with, where they are few. Facts from Velocity 1.7's published grammar
 * (https://github.com/apache/velocity-engine/blob/1.7/src/parser/Parser.jjt).
 */
const rows: readonly (readonly [readonly LexicalState[], RuleAction, pattern: string, first?: string])[] = [
  [['reference', 'member'], 'INDEX_LBRACKET', String.raw`\[`, '['],
  [['index'], 'INDEX_RBRACKET', String.raw`\]`, ']'],
  [['directive', 'arguments'], 'LBRACKET', String.raw`\[`, '['],
  [['directive', 'arguments'], 'RBRACKET', String.raw`\]`, ']'],
  [['directive', 'arguments'], 'COMMA', ',', ','],
  [['directive', 'arguments'], 'DOUBLEDOT', String.raw`\.\.`, '.'],
  [['directive', 'arguments'], 'COLON', ':', ':'],
  [['directive', 'arguments'], 'LEFT_CURLEY', String.raw`\{`, '{'],
  [['directive', 'arguments'], 'RIGHT_CURLEY', String.raw`\}`, '}'],
  [['directive', 'member'], 'LPAREN', String.raw`\(`, '('],
  [['directive'], 'RPAREN', String.raw`\)${newline}`, ')'],
  [['arguments'], 'REFMOD2_RPAREN', String.raw`\)`, ')'],
  [['text'], 'ESCAPE_DIRECTIVE', String.raw`(?:\\\\)*\\#(?:${word}|${bracketedWord})`, '\\'],
  [
    ['text', 'reference', 'member', 'arguments'],
    'SET_DIRECTIVE',
    String.raw`[ \t]*(?:#set|#\{set\}) *\(`,
    ' \t#',
  ],
  [any, 'moreDollar', String.raw`\\*\$(?:\\*!)?`, '\\$'],
  [any, 'moreTextBlock', String.raw`#\[\[`, '#'],
  [any, 'moreFormalComment', String.raw`#\*\*[^#]`, '#'],
  [any, 'moreComment', String.raw`#\*`, '#'],
  [any, 'moreHash', '#', '#'],
  [['text', 'hash', 'directive', 'reference'], 'LINE_COMMENT_START', '##', '#'],
  [['text'], 'DOUBLE_ESCAPE', String.raw`\\\\`, '\\'],
  [['text'], 'ESCAPE', String.raw`\\`, '\\'],
  [['text'], 'TEXT', String.raw`[^$#\\]+`],
  [['lineComment'], 'LINE_COMMENT', String.raw`\r\n|\n|\r`, '\r\n'],
  [['formalComment'], 'FORMAL_COMMENT', String.raw`\*#`, '*'],
  [['blockComment'], 'BLOCK_COMMENT', String.raw`\*#`, '*'],
  [['textBlock'], 'TEXTBLOCK', String.raw`\]\]#`, ']'],
  [['lineComment', 'formalComment', 'blockComment'], 'skip', anyCharacter],
  [['textBlock'], 'moreAny', anyCharacter],
  [['directive', 'arguments', 'index'], 'WHITESPACE', String.raw`[ \t\n\r]+`, ' \t\n\r'],
  [['directive', 'arguments', 'index'], 'STRING_LITERAL', `"[^"]*(?:""[^"]*)*"|'[^']*(?:''[^']*)*'`, '"\''],
  [['reference', 'directive', 'member', 'arguments', 'index'], 'TRUE', 'true', 't'],
  [['reference', 'directive', 'member', 'arguments', 'index'], 'FALSE', 'false', 'f'],
  [['directive'], 'MINUS', '-', '-'],
  [['directive'], 'PLUS', String.raw`\+`, '+'],
  [['directive'], 'MULTIPLY', String.raw`\*`, '*'],
  [['directive'], 'DIVIDE', '/', '/'],
  [['directive'], 'MODULUS', '%', '%'],
  [['directive'], 'LOGICAL_AND', '&&|and', '&a'],
  [['directive'], 'LOGICAL_OR', String.raw`\|\||or`, '|o'],
  [['directive'], 'LOGICAL_LT', '<|lt', '<l'],
  [['directive'], 'LOGICAL_LE', '<=|le', '<l'],
  [['directive'], 'LOGICAL_GT', '>|gt', '>g'],
  [['directive'], 'LOGICAL_GE', '>=|ge', '>g'],
  [['directive'], 'LOGICAL_EQUALS', '==|eq', '=e'],
  [['directive'], 'LOGICAL_NOT_EQUALS', '!=|ne', '!n'],
  [['directive'], 'LOGICAL_NOT', '!|not', '!n'],
  [['directive'], 'EQUALS', '=', '='],
  [['hash'], 'END', `(?:end|\\{end\\})${newline}`, 'e{'],
  [['hash'], 'IF_DIRECTIVE', String.raw`if|\{if\}`, 'i{'],
  [['hash'], 'ELSEIF_DIRECTIVE', String.raw`elseif|\{elseif\}`, 'e{'],
  [['hash'], 'ELSE_DIRECTIVE', `(?:else|\\{else\\})${newline}`, 'e{'],
  [
    ['hash', 'directive', 'arguments', 'index'],
    'INTEGER_LITERAL',
    String.raw`-?[0-9]+(?:\.\.)?`,
    '-0123456789',
  ],
  [['hash', 'directive', 'arguments', 'index'], 'FLOATING_POINT_LITERAL', float, '-0123456789.'],
  [['hash', 'directive'], 'WORD', word],
  [['hash', 'directive'], 'BRACKETED_WORD', bracketedWord, '{'],
  [['reference', 'member', 'arguments'], 'IDENTIFIER', '[A-Za-z_][A-Za-z0-9_-]*'],
  [['reference', 'member', 'arguments'], 'DOT', String.raw`\.[A-Za-z]`, '.'],
  [['reference', 'member'], 'LCURLY', String.raw`\{`, '{'],
  [['reference', 'member'], 'RCURLY', String.raw`\}`, '}'],
  [['reference', 'member'], 'endReference', anyCharacter],
  [['hash'], 'endHash', anyCharacter],
  [['text', 'reference'], 'EMPTY_INDEX', String.raw`\$\[|\$!\[|\$\\!\[|\$\.`, '$'],
]

type RulesByFirst = readonly (readonly LexicalRule[])[]

/** The rules that apply in a state to text that begins with this unit; all beyond ASCII are alike. */
export function rulesFor(state: LexicalState, unit: number): readonly LexicalRule[] {
  return table[state][Math.min(unit, 128)] ?? []
}

const table = Object.fromEntries(any.map(state => [state, byFirst(state)])) as Record<
  LexicalState,
  RulesByFirst
>

function byFirst(state: LexicalState): RulesByFirst {
  const rules = rows
    .filter(([states]) => states.includes(state))
    .map(([, action, pattern, first]) => ({ action, pattern: new RegExp(pattern, 'y'), first }))
  return Array.from({ length: 129 }, (_, unit) =>
    rules.filter(
      ({ first }) => first === undefined || (unit < 128 && first.includes(String.fromCharCode(unit))),
    ),
  )
}
