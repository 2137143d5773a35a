import { compileRegularExpression } from './regular-expression.ts'

/** What a pattern compares with. */
export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>='

/** A test of one value out of an event. */
export type ValueTest = (value: unknown) => boolean

function wildcard(text: string): (value: string) => boolean {
  if (!text.includes('*')) return value => value === text
  const parts = text.split('*').map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  const expression = new RegExp(`^${parts.join('.*')}$`, 's')
  return value => expression.test(value)
}

/** Compares with a number, a word with `*` in it, or `%regular expression%`. */
export function compileTest(
  operator: Operator,
  literal: { readonly text: string; readonly quoted: boolean },
): ValueTest {
  const { text, quoted } = literal
  const number = quoted || text === '' ? Number.NaN : Number(text)
  const ordered = (compare: (value: number) => boolean): ValueTest => {
    if (Number.isNaN(number)) throw new SyntaxError(`${text} is no number`)
    return value =>
      (typeof value === 'number' || typeof value === 'string') && value !== '' && compare(Number(value))
  }
  if (operator === '<') return ordered(value => value < number)
  if (operator === '<=') return ordered(value => value <= number)
  if (operator === '>') return ordered(value => value > number)
  if (operator === '>=') return ordered(value => value >= number)
  const equals = equality(text, quoted, number)
  if (operator === '=') return equals
  return value => value !== undefined && !equals(value)
}

function equality(text: string, quoted: boolean, number: number): ValueTest {
  if (!quoted && /^%.*%$/.test(text)) {
    const expression = compileRegularExpression(text.slice(1, -1))
    return value => typeof value === 'string' && expression.test(value)
  }
  const same = wildcard(text)
  return value => {
    if (typeof value === 'number' && !Number.isNaN(number)) return value === number
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      return same(String(value))
    return false
  }
}
