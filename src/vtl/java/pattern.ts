import { guarded } from './guarded-pattern.ts'
import { JavaException } from './value.ts'

/** Compiles a regular expression of Java for use as JavaScript's. */
export function compilePattern(pattern: string, use: 'whole' | 'all' | 'first'): RegExp {
  let source = pattern
  let flags = use === 'all' ? 'g' : ''
  const inline = /^\(\?([imsux]+)\)/.exec(source)
  if (inline !== null) {
    source = source.slice(inline[0].length)
    for (const flag of inline[1] ?? '') if ('ims'.includes(flag)) flags += flag
  }
  source = translated(source)
  if (use === 'whole') source = `^(?:${source})$`
  // An empty pattern matches between all units, even those of one character.
  if (source === '' || source === '^(?:)$') return new RegExp(source, flags)
  try {
    return new RegExp(source, flags.includes('u') ? flags : `${flags}u`)
  } catch {
    try {
      return new RegExp(source, flags)
    } catch (cause) {
      throw new JavaException(
        'java.util.regex.PatternSyntaxException',
        `${(cause as Error).message}: ${pattern}`,
      )
    }
  }
}

const posix: Readonly<Record<string, string>> = {
  Lower: 'a-z',
  Upper: 'A-Z',
  ASCII: '\\x00-\\x7F',
  Alpha: 'a-zA-Z',
  Digit: '0-9',
  Alnum: 'a-zA-Z0-9',
  Punct: '!-\\/:-@\\[-`{-~',
  Graph: '!-~',
  Print: ' -~',
  Blank: ' \\t',
  Cntrl: '\\x00-\\x1F\\x7F',
  XDigit: '0-9a-fA-F',
  Space: ' \\t\\n\\x0B\\f\\r',
}

/** Rewrites what Java writes otherwise: quotations, POSIX classes, anchors, and JavaScript's wider `\s`. */
function translated(pattern: string): string {
  let result = ''
  let inClass = 0
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern[index] ?? ''
    if (character !== '\\') {
      if (character === '[') {
        inClass++
        if (pattern[index + 1] === ']' || pattern.startsWith('^]', index + 1)) {
          result += pattern[index + 1] === '^' ? '[^\\]' : '[\\]'
          index += pattern[index + 1] === '^' ? 2 : 1
          continue
        }
      } else if (character === ']' && inClass > 0) inClass--
      else if (inClass === 0 && (character === ']' || character === '}')) {
        result += closesQuantifier(result) ? character : `\\${character}`
        continue
      } else if (inClass === 0 && character === '+' && /[*+?}]$/.test(result) && !/\\[*+?}]$/.test(result)) {
        // A possessive quantifier: JavaScript has none, so it becomes a greedy one.
        continue
      }
      result += character
      continue
    }
    const next = pattern[++index]
    if (next === undefined)
      throw new JavaException(
        'java.util.regex.PatternSyntaxException',
        `Unexpected internal error: ${pattern}`,
      )
    if (next === 'Q') {
      const end = pattern.indexOf('\\E', index)
      const quoted = pattern.slice(index + 1, end === -1 ? undefined : end)
      result += quoted.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
      index = end === -1 ? pattern.length : end + 1
    } else if (next === 's') result += inClass > 0 ? ' \\t\\n\\x0B\\f\\r' : '[ \\t\\n\\x0B\\f\\r]'
    else if (next === 'S') result += '[^ \\t\\n\\x0B\\f\\r]'
    else if (next === 'h') result += inClass > 0 ? ' \\t\\u00A0' : '[ \\t\\u00A0]'
    else if (next === 'R') result += '(?:\\r\\n|[\\n\\x0B\\f\\r\\u0085\\u2028\\u2029])'
    else if (next === 'A') result += '^'
    else if (next === 'z') result += '$'
    else if (next === 'Z') result += '(?=\\n?$)'
    else if (next === 'e') result += '\\x1B'
    else if (next === 'a') result += '\\x07'
    else if ((next === 'p' || next === 'P') && pattern[index + 1] === '{') {
      const end = pattern.indexOf('}', index)
      const name = pattern.slice(index + 2, end).replace(/^(?:Is|java)/, '')
      const known = posix[name]
      index = end
      if (known === undefined) result += `\\${next}{${name}}`
      else if (inClass > 0 && next === 'p') result += known
      else result += next === 'p' ? `[${known}]` : `[^${known}]`
    } else if (/[A-Za-z0-9]/.test(next)) result += `\\${next}`
    else if (/[\^$\\.*+?()[\]{}|/-]/.test(next)) result += next === '-' && inClass === 0 ? '-' : `\\${next}`
    else result += next
  }
  return result
}

function closesQuantifier(before: string): boolean {
  return /(?<!\\)\{\d+(?:,\d*)?$/.test(before) || /\\[pPu]\{[^}]*$/.test(before)
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
    if (match[0] === '' && match.index >= self.length) continue
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
