import { validationException } from '../errors.ts'
import type { AttributeValue } from '../values/attribute-value.ts'
import { checkValue } from '../values/check-value.ts'
import type { StatementReader } from './reader.ts'
import { malformed } from './tokens.ts'

/** Whether a value begins here: a literal or a parameter. */
export function opensValue(reader: StatementReader): boolean {
  const { kind, text } = reader.peek()
  if (kind === 'text' || kind === 'number') return true
  if (kind === 'symbol') return text === '?' || text === '{' || text === '[' || text === '<<' || text === '-'
  return kind === 'word' && /^(?:true|false|null)$/i.test(text)
}

/**
 * A literal value: text, numbers, booleans, NULL, `{…}`, `[…]` and sets in `<<…>>`, any of them a `?`.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-reference.data-types.html
 */
export function parseValue(reader: StatementReader): AttributeValue {
  if (!opensValue(reader)) throw reader.unexpected()
  const value = anyValue(reader)
  const problem = checkValue(value)
  if (problem !== undefined) throw validationException(problem)
  return value
}

function anyValue(reader: StatementReader): AttributeValue {
  const token = reader.take()
  if (token.kind === 'text') return { S: token.text }
  if (token.kind === 'number') return { N: token.text }
  if (token.kind === 'word') {
    const word = token.text.toLowerCase()
    if (word === 'null') return { NULL: true }
    if (word === 'true' || word === 'false') return { BOOL: word === 'true' }
  }
  if (token.kind === 'symbol') {
    if (token.text === '?') return reader.parameter()
    if (token.text === '-' && reader.peek().kind === 'number') return { N: `-${reader.take().text}` }
    if (token.text === '[') return { L: reader.nested(() => elements(reader, ']')) }
    if (token.text === '<<') return setOf(reader.nested(() => elements(reader, '>>')))
    if (token.text === '{') return { M: reader.nested(() => members(reader)) }
  }
  throw malformed(`unexpected "${token.text}"`)
}

function elements(reader: StatementReader, end: string): AttributeValue[] {
  const found: AttributeValue[] = []
  if (reader.acceptSymbol(end)) return found
  do found.push(anyValue(reader))
  while (reader.acceptSymbol(','))
  reader.expectSymbol(end)
  return found
}

function members(reader: StatementReader): Record<string, AttributeValue> {
  const found: Record<string, AttributeValue> = Object.create(null)
  if (reader.acceptSymbol('}')) return found
  do {
    const token = reader.take()
    if (token.kind !== 'text' && token.kind !== 'name') throw malformed(`unexpected "${token.text}"`)
    reader.expectSymbol(':')
    found[token.text] = anyValue(reader)
  } while (reader.acceptSymbol(','))
  reader.expectSymbol('}')
  return found
}

/** A set's elements are all text, all numbers or all binary (which only parameters can be). */
function setOf(found: readonly AttributeValue[]): AttributeValue {
  const texts = found.flatMap(value => ('S' in value ? [value.S] : []))
  if (texts.length === found.length) return { SS: texts }
  const numbers = found.flatMap(value => ('N' in value ? [value.N] : []))
  if (numbers.length === found.length) return { NS: numbers }
  const binaries = found.flatMap(value => ('B' in value ? [value.B] : []))
  if (binaries.length === found.length) return { BS: binaries }
  throw malformed('the elements of a set are of one type')
}
