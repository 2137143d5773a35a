import { expressionError } from './expression-error.ts'

/** One token of an expression with its place in the text. */
export interface Token {
  /** `end` closes the list, with the text `<EOF>`. */
  readonly kind: 'word' | 'name' | 'value' | 'number' | 'symbol' | 'end'
  readonly text: string
  readonly start: number
  readonly end: number
}

const pattern =
  /\s*(?:([A-Za-z][A-Za-z0-9_]*)|(#[A-Za-z0-9_]*)|(:[A-Za-z0-9_]*)|(\d+)|(<=|>=|<>|[=<>()[\],.+-])|(\S))/gy

const kinds = ['word', 'name', 'value', 'number', 'symbol'] as const

/** Splits an expression; a character that no token begins with is a syntax error that names it. */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = []
  pattern.lastIndex = 0
  let unknown: Token | undefined
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const group = match.findIndex((part, index) => index > 0 && part !== undefined)
    const part = match[group] ?? ''
    const kind = kinds[group - 1] ?? 'symbol'
    const token: Token = { kind, text: part, start: pattern.lastIndex - part.length, end: pattern.lastIndex }
    if (group > kinds.length) unknown ??= token
    tokens.push(token)
  }
  tokens.push({ kind: 'end', text: '<EOF>', start: text.length, end: text.length })
  if (unknown !== undefined) throw syntaxError(text, tokens, tokens.indexOf(unknown))
  return tokens
}

/**
 * `Syntax error; token: "b", near: "a b c"`: the token at `index` with its neighbours, as the text has them
 * (recorded by public suites).
 */
export function syntaxError(text: string, tokens: readonly Token[], index: number): Error {
  const token = tokens[index]
  const first = tokens[Math.max(0, index - 1)] ?? token
  const last = tokens[Math.min(tokens.length - 1, index + 1)] ?? token
  return expressionError(
    `Syntax error; token: "${token?.text ?? ''}", near: "${text.slice(first?.start, last?.end)}"`,
  )
}
