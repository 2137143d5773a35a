/** A Java regular expression as JavaScript runs it. */
export interface JavaPattern {
  readonly expression: RegExp
  /** Constructs that behave differently here. */
  readonly differences: readonly string[]
}

const posix: Readonly<Record<string, string>> = {
  Alpha: 'A-Za-z',
  Digit: '0-9',
  Alnum: 'A-Za-z0-9',
  Upper: 'A-Z',
  Lower: 'a-z',
  Punct: '!-\\/:-@\\[-`\\{-~',
  Space: '\\s',
  XDigit: '0-9A-Fa-f',
  Blank: ' \\t',
  Cntrl: '\\x00-\\x1f\\x7f',
  Graph: '!-~',
  Print: ' -~',
  ASCII: '\\x00-\\x7f',
}

/**
 * Translates a pattern in the syntax of `java.util.regex`, which API Gateway uses for `selectionPattern` and for
 * identity validation, and makes it match the whole text, as Java's `matches` does. Throws a `SyntaxError` where it
 * is no pattern. https://docs.oracle.com/en/java/javase/11/docs/api/java.base/java/util/regex/Pattern.html
 */
export function javaPattern(source: string): JavaPattern {
  const differences: string[] = []
  let flags = ''
  let made = ''
  let inClass = 0
  let at = 0
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    return pattern.exec(source)
  }
  while (at < source.length) {
    const rest = source[at] ?? ''
    const inline = inClass === 0 ? take(/\(\?([imsux]+)\)/y) : null
    if (inline !== null) {
      const letters = inline[1] ?? ''
      if (made !== '') differences.push(`${inline[0]} counts for the whole pattern`)
      if (letters.includes('x')) differences.push('(?x) (comments) is not supported')
      for (const letter of letters) if ('ims'.includes(letter) && !flags.includes(letter)) flags += letter
      at += inline[0].length
      continue
    }
    const quoted = take(/\\Q([\s\S]*?)(?:\\E|$)/y)
    if (quoted !== null) {
      made += (quoted[1] ?? '').replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
      at += quoted[0].length
      continue
    }
    const property = take(/\\p\{(?:Is)?(\w+)\}/y)
    const set = property === null ? undefined : posix[property[1] ?? '']
    if (property !== null && set !== undefined) {
      made += inClass > 0 ? set : `[${set}]`
      at += property[0].length
      continue
    }
    if (rest === '\\') {
      const next = source[at + 1] ?? ''
      const anchors: Readonly<Record<string, string>> = {
        A: '^',
        z: '$',
        Z: '(?=\\n?$)',
        h: '[ \\t]',
        R: '(?:\\r\\n|[\\n\\r])',
      }
      made += inClass === 0 && next in anchors ? anchors[next] : `\\${next}`
      at += 2
      continue
    }
    if (rest === '[') inClass++
    if (rest === ']' && inClass > 0) inClass--
    if (inClass > 0 && source.startsWith('&&', at))
      differences.push('&& in a character class is not supported')
    if (inClass === 0) {
      if (source.startsWith('(?>', at)) {
        differences.push('(?>…) gives back what it took')
        made += '(?:'
        at += 3
        continue
      }
      const possessive = take(/([*+?}])\+/y)
      if (possessive !== null) {
        differences.push(`${possessive[0]} gives back what it took`)
        made += possessive[1]
        at += 2
        continue
      }
    }
    made += rest
    at++
  }
  return { expression: new RegExp(`^(?:${made})$`, flags.replace('m', '')), differences }
}
