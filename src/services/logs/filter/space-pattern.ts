import type { Matches } from './compile-pattern.ts'
import { readTokens, type TokenReader } from './pattern-tokens.ts'
import { compileTest, type Operator, type ValueTest } from './value-test.ts'

/** A column that is tested, or any number of columns. */
type Column = ValueTest | '...'

/** Columns of a line: words, and what stands in `[…]` or `"…"`. */
function columnsOf(message: string): string[] {
  return [...message.matchAll(/\[([^\]]*)\]|"([^"]*)"|(\S+)/g)].map(
    ([, bracketed, quoted, word]) => bracketed ?? quoted ?? word ?? '',
  )
}

function condition(reader: TokenReader): ValueTest {
  reader.take()
  const operator = reader.take().text
  const { kind, text } = reader.take()
  if (kind !== 'word' && kind !== 'quoted') throw new SyntaxError('a value is missing')
  return compileTest(operator as Operator, { text, quoted: kind === 'quoted' })
}

/** `status = 4* || status = 5*`; a name alone takes any value. */
function column(reader: TokenReader): Column {
  const { kind, text } = reader.peek()
  if (text === '...') {
    reader.take()
    return '...'
  }
  if (kind !== 'word') throw new SyntaxError('a column has a name')
  const any: ValueTest[] = []
  let all: ValueTest[] = []
  for (;;) {
    all.push(isCondition(reader) ? condition(reader) : anything(reader))
    if (reader.accept('&&')) continue
    const group = all
    any.push(value => group.every(test => test(value)))
    all = []
    if (!reader.accept('||')) return value => any.some(test => test(value))
  }
}

function anything(reader: TokenReader): ValueTest {
  reader.take()
  return () => true
}

function isCondition(reader: TokenReader): boolean {
  const next = reader.ahead()
  return next.kind === 'symbol' && ['=', '!=', '<', '<=', '>', '>='].includes(next.text)
}

function fits(columns: readonly Column[], values: readonly string[]): boolean {
  const [first, ...rest] = columns
  if (first === undefined) return values.length === 0
  if (first === '...') {
    for (let skip = 0; skip <= values.length; skip++) if (fits(rest, values.slice(skip))) return true
    return false
  }
  const [value, ...others] = values
  return value !== undefined && first(value) && fits(rest, others)
}

/** `[ip, user, timestamp, request, status = 4*, bytes > 1000]`; `...` stands for any number of columns. */
export function compileSpacePattern(text: string): Matches {
  const reader = readTokens(text)
  reader.expect('[')
  const columns: Column[] = []
  while (!reader.accept(']')) {
    columns.push(column(reader))
    if (!reader.accept(',')) {
      reader.expect(']')
      break
    }
  }
  // `[]` takes every line.
  if (columns.length === 0) return () => true
  return message => fits(columns, columnsOf(message))
}
