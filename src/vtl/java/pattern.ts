import { guarded } from './guarded-pattern.ts'
import { patternFault, translatePattern } from './translate-pattern.ts'
import { JavaException } from './value.ts'

/** Compiles a regular expression of Java for use as JavaScript's. */
export function compilePattern(pattern: string, use: 'whole' | 'all' | 'first'): RegExp {
  // An empty pattern matches between all units, even those of one character.
  if (pattern === '') return new RegExp(use === 'whole' ? '^$' : '', use === 'all' ? 'g' : '')
  const source = translatePattern(pattern)
  try {
    return new RegExp(use === 'whole' ? `^(?:${source})$` : source, use === 'all' ? 'gu' : 'u')
  } catch (cause) {
    throw patternFault(pattern, (cause as Error).message)
  }
}

/** `replaceAll` and `replaceFirst`: `$1` and `${name}` in the replacement are groups, `\` escapes. */
export function replaceByPattern(self: string, pattern: string, replacement: string, all: boolean): string {
  const regular = compilePattern(pattern, all ? 'all' : 'first')
  const replace = (): string =>
    self.replace(regular, (...found: unknown[]) => {
      const groups =
        typeof found.at(-1) === 'object' ? (found.at(-1) as Record<string, string | undefined>) : {}
      const end = found.findIndex((value, index) => index > 0 && typeof value === 'number')
      return expand(replacement, found.slice(0, end) as (string | undefined)[], groups)
    })
  return guarded(pattern, self, replace)
}

/** `matches`: whether the whole text is what the pattern says. */
export function matchesPattern(self: string, pattern: string): boolean {
  const regular = compilePattern(pattern, 'whole')
  return guarded(pattern, self, () => regular.test(self))
}

function expand(
  replacement: string,
  groups: readonly (string | undefined)[],
  named: Readonly<Record<string, string | undefined>>,
): string {
  let result = ''
  for (let index = 0; index < replacement.length; index++) {
    const character = replacement[index] ?? ''
    if (character === '\\') {
      index++
      const next = replacement[index]
      if (next === undefined) throw illegal('character to be escaped is missing')
      result += next
    } else if (character === '$') {
      index++
      const next = replacement[index]
      if (next === undefined) throw illegal('Illegal group reference: group index is missing')
      if (next === '{') {
        const end = replacement.indexOf('}', index)
        const name = replacement.slice(index + 1, end === -1 ? undefined : end)
        if (end === -1 || !(name in named)) throw illegal(`No group with name {${name}}`)
        result += named[name] ?? ''
        index = end
      } else {
        if (next < '0' || next > '9') throw illegal('Illegal group reference')
        let group = Number(next)
        if (group >= groups.length)
          throw new JavaException('java.lang.IndexOutOfBoundsException', `No group ${group}`)
        for (;;) {
          const digit = replacement[index + 1] ?? ''
          if (digit < '0' || digit > '9' || digit === '') break
          const longer = group * 10 + Number(digit)
          if (longer >= groups.length) break
          group = longer
          index++
        }
        result += groups[group] ?? ''
      }
    } else result += character
  }
  return result
}

function illegal(message: string): JavaException {
  return new JavaException('java.lang.IllegalArgumentException', message)
}

/** `split`: without a limit, empty parts at the end are dropped; an empty match at the start makes no part. */
export function splitByPattern(self: string, pattern: string, limit: number): string[] {
  if (pattern === '') return splitUnits(self, limit)
  const regular = compilePattern(pattern, 'all')
  const parts: string[] = []
  let start = 0
  for (const match of guarded(pattern, self, () => [...self.matchAll(regular)])) {
    if (limit > 0 && parts.length === limit - 1) break
    const end = match.index + match[0].length
    if (end === 0) continue
    parts.push(self.slice(start, match.index))
    start = end
  }
  if (parts.length === 0 && start === 0) return [self]
  parts.push(self.slice(start))
  if (limit === 0) while (parts.length > 0 && parts.at(-1) === '') parts.pop()
  return parts
}

/** Split by nothing: unit by unit, surrogates too. */
function splitUnits(self: string, limit: number): string[] {
  const units = self.split('')
  if (units.length <= 1) return [self]
  if (limit > 0 && limit < units.length)
    return [...units.slice(0, limit - 1), units.slice(limit - 1).join('')]
  return limit === 0 || limit === units.length ? units : [...units, '']
}
