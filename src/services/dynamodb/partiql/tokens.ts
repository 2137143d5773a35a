import type { AwsError } from '../../../aws/index.ts'
import { validationException } from '../errors.ts'

/** One token of a PartiQL statement. */
export interface Token {
  /** `name` stands in double quotes, `text` in single ones; both without them. */
  readonly kind: 'word' | 'name' | 'text' | 'number' | 'symbol' | 'end'
  readonly text: string
}

const pattern =
  /\s*(?:([A-Za-z_$][A-Za-z0-9_$]*)|"((?:[^"]|"")*)"|'((?:[^']|'')*)'|(\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)|(<<|>>|<=|>=|<>|!=|[=<>()[\]{},.:?*+-])|(\S))/gy

const kinds = ['word', 'name', 'text', 'number', 'symbol'] as const

/** A statement that cannot be read; the wording's beginning is AWS's, the rest is assumed. */
export const malformed = (what: string): AwsError =>
  validationException(`Statement wasn't well formed, can't be processed: ${what}`)

/** Splits a statement into tokens, an end token last. */
export function tokenize(statement: string): readonly Token[] {
  const tokens: Token[] = []
  pattern.lastIndex = 0
  for (let match = pattern.exec(statement); match !== null; match = pattern.exec(statement)) {
    const group = match.findIndex((part, index) => index > 0 && part !== undefined)
    const raw = match[group] ?? ''
    const kind = kinds[group - 1]
    // A quote that nothing closes is answered without a word about it (recorded by nubo-db/dynamodb-conformance).
    if (kind === undefined) throw malformed(raw === '"' || raw === "'" ? '' : `unexpected "${raw}"`)
    const text =
      kind === 'name' ? raw.replaceAll('""', '"') : kind === 'text' ? raw.replaceAll("''", "'") : raw
    tokens.push({ kind, text })
  }
  tokens.push({ kind: 'end', text: '<EOF>' })
  return tokens
}
