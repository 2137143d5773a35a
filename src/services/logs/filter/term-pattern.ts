import type { Matches } from './compile-pattern.ts'
import { compileRegularExpression } from './regular-expression.ts'

interface Term {
  readonly kind: 'needed' | 'optional' | 'excluded'
  readonly test: Matches
}

const token = /\s*([?-]?)(?:"((?:[^"\\]|\\.)*)"|%((?:[^%\\]|\\.)+)%|([^\s"]+))/y

function termsOf(text: string): Term[] {
  const terms: Term[] = []
  let at = 0
  while (at < text.trimEnd().length) {
    token.lastIndex = at
    const match = token.exec(text)
    if (match === null) throw new SyntaxError(`a term begins at ${at} and does not end`)
    const [all, prefix, quoted, expression, word] = match
    at += all.length
    const kind = prefix === '?' ? 'optional' : prefix === '-' ? 'excluded' : 'needed'
    if (expression !== undefined) {
      const regex = compileRegularExpression(expression)
      terms.push({ kind, test: message => regex.test(message) })
    } else {
      const part = quoted?.replace(/\\(.)/g, '$1') ?? word ?? ''
      terms.push({ kind, test: message => message.includes(part) })
    }
  }
  return terms
}

/**
 * `ERROR -"not this"`, `?either ?or`, `%regular expression%`; terms are case-sensitive. Beside terms that are needed,
 * `?` terms say nothing, as AWS documents.
 */
export function compileTermPattern(text: string): Matches {
  const terms = termsOf(text)
  const of = (kind: Term['kind']) => terms.filter(term => term.kind === kind)
  const [needed, optional, excluded] = [of('needed'), of('optional'), of('excluded')]
  return message => {
    if (excluded.some(({ test }) => test(message))) return false
    if (needed.length > 0) return needed.every(({ test }) => test(message))
    return optional.length === 0 || optional.some(({ test }) => test(message))
  }
}
