import { JavaException } from './value.ts'

/** POSIX and Java classes of US-ASCII; other names are Unicode's and the same in JavaScript. */
const named: Readonly<Record<string, string>> = {
  Lower: 'a-z',
  Upper: 'A-Z',
  ASCII: '\\x00-\\x7F',
  Alpha: 'a-zA-Z',
  Digit: '0-9',
  Alnum: 'a-zA-Z0-9',
  Punct: '!-\\/:-@\\[-`\\{-~',
  Graph: '!-~',
  Print: ' -~',
  Blank: ' \\t',
  Cntrl: '\\x00-\\x1F\\x7F',
  XDigit: '0-9a-fA-F',
  Space: ' \\t\\n\\x0B\\f\\r',
  javaLowerCase: '\\p{Lowercase}',
  javaUpperCase: '\\p{Uppercase}',
  javaWhitespace: ' \\t-\\r\\x1C-\\x1F\\u1680\\u2000-\\u2006\\u2008-\\u200A\\u2028\\u2029\\u205F\\u3000',
}

const short: Readonly<Record<string, string>> = {
  d: '0-9',
  w: 'a-zA-Z_0-9',
  s: ' \\t\\n\\x0B\\f\\r',
  h: ' \\t\\xA0\\u1680\\u180E\\u2000-\\u200A\\u202F\\u205F\\u3000',
  v: '\\n\\x0B\\f\\r\\x85\\u2028\\u2029',
}

const controls: Readonly<Record<string, string>> = {
  t: '\\t',
  n: '\\n',
  r: '\\r',
  f: '\\f',
  a: '\\x07',
  e: '\\x1B',
}

/** A class (`[…]`) or an escape that stands for one, rewritten for JavaScript, and where it ends. */
export function translateClass(
  pattern: string,
  start: number,
  ignoreCase: boolean,
): { readonly text: string; readonly end: number } {
  const reader = new ClassReader(pattern, start, ignoreCase)
  const text = pattern[start] === '[' ? reader.bracketed() : `[${reader.escaped().text}]`
  return { text, end: reader.at }
}

class ClassReader {
  readonly #pattern: string
  readonly #ignoreCase: boolean
  at: number

  constructor(pattern: string, at: number, ignoreCase: boolean) {
    this.#pattern = pattern
    this.at = at
    this.#ignoreCase = ignoreCase
  }

  /** `[…]`: a union may contain classes, an intersection becomes a lookahead for its right side. */
  bracketed(): string {
    this.at++
    const negated = this.#pattern[this.at] === '^'
    if (negated) this.at++
    const parts: string[] = ['']
    let nested = ''
    for (let first = true; ; first = false) {
      const character = this.#pattern[this.at]
      if (character === undefined) throw this.#fault('Unclosed character class')
      if (character === ']' && !first) break
      if (character === '[') nested += `|${this.bracketed()}`
      else if (this.#pattern.startsWith('&&', this.at)) {
        this.at += 2
        parts.push('')
      } else parts[parts.length - 1] += this.#item()
    }
    this.at++
    return this.#joined(parts, nested, negated)
  }

  #joined(parts: readonly string[], nested: string, negated: boolean): string {
    const [left = '', ...others] = parts
    const asClass = (items: string): string => (items === '' ? '' : `[${items}]`)
    if (others.length === 0) {
      if (nested === '') return `[${negated ? '^' : ''}${left}]`
      const union = left === '' ? nested.slice(1) : asClass(left) + nested
      return negated ? `(?:(?!${union})[\\s\\S])` : `(?:${union})`
    }
    // `[a-z&&[^x]]`: the last part may be a class of its own, read as nested.
    const operands = [asClass(left), ...others.map(asClass), ...nested.split('|').slice(1)].filter(
      text => text !== '',
    )
    const last = operands.pop() ?? '[]'
    const both = `${operands.map(operand => `(?=${operand})`).join('')}${last}`
    return negated ? `(?:(?!${both})[\\s\\S])` : `(?:${both})`
  }

  /** One character, a range, or an escape. */
  #item(): string {
    const first = this.#single()
    if (first.isClass || this.#pattern[this.at] !== '-') return this.#both(first.text)
    const next = this.#pattern[this.at + 1]
    if (next === undefined || next === ']' || next === '[') return this.#both(first.text)
    this.at++
    const last = this.#single()
    if (last.isClass) throw this.#fault('Illegal character range')
    const range = `${first.text}-${last.text}`
    if (!this.#ignoreCase) return range
    return /^[a-z]-[a-z]$/.test(range)
      ? range + range.toUpperCase()
      : /^[A-Z]-[A-Z]$/.test(range)
        ? range + range.toLowerCase()
        : range
  }

  #both(text: string): string {
    return this.#ignoreCase && /^[a-zA-Z]$/.test(text) ? text.toLowerCase() + text.toUpperCase() : text
  }

  #single(): { readonly text: string; readonly isClass: boolean } {
    const character = this.#pattern[this.at] ?? ''
    if (character === '\\') return this.escaped()
    const point = String.fromCodePoint(this.#pattern.codePointAt(this.at) ?? 0)
    this.at += point.length
    return { text: literal(point), isClass: false }
  }

  /** What a backslash says, as it stands inside of brackets. */
  escaped(): { readonly text: string; readonly isClass: boolean } {
    const kind = this.#pattern[this.at + 1]
    if (kind === undefined) throw this.#fault('Illegal escape')
    this.at += 2
    const members = short[kind]
    if (members !== undefined) return { text: members, isClass: true }
    const inverse = short[kind.toLowerCase()]
    if (inverse !== undefined && kind !== kind.toLowerCase())
      return { text: complement[kind] ?? '', isClass: true }
    if (kind === 'p' || kind === 'P') return { text: this.#property(kind), isClass: true }
    if (kind === 'x' || kind === 'u' || kind === '0' || kind === 'c')
      return { text: this.#code(kind), isClass: false }
    const control = controls[kind]
    if (control !== undefined) return { text: control, isClass: false }
    if (/[a-zA-Z]/.test(kind)) throw this.#fault('Illegal/unsupported escape sequence')
    return { text: literal(kind), isClass: false }
  }

  #property(kind: string): string {
    const braced = this.#pattern[this.at] === '{'
    const end = braced ? this.#pattern.indexOf('}', this.at) : this.at
    if (end === -1) throw this.#fault('Unclosed character family')
    const written = braced ? this.#pattern.slice(this.at + 1, end) : (this.#pattern[this.at] ?? '')
    this.at = end + 1
    const members = named[written]
    if (members !== undefined) return kind === 'p' ? members : inverted(members)
    const name = written.replace(/^(?:Is|In)/, '').replace(/^(?:general_category|gc)=/, '')
    const known = /^(?:script|sc|block|blk)=/.test(name) ? name.replace(/^(?:block|blk)=/, 'Script=') : name
    return `\\${kind}{${known}}`
  }

  #code(kind: string): string {
    const forms: Readonly<Record<string, RegExp>> = {
      x: /[0-9a-fA-F]{2}|\{([0-9a-fA-F]+)\}/y,
      u: /[0-9a-fA-F]{4}/y,
      '0': /[0-3]?[0-7]{1,2}/y,
      c: /[A-Za-z@[\]^_]/y,
    }
    const form = forms[kind]
    if (form === undefined) throw this.#fault('Illegal escape')
    form.lastIndex = this.at
    const match = form.exec(this.#pattern)
    if (match === null) throw this.#fault('Illegal escape sequence')
    this.at = form.lastIndex
    const digits = match[1] ?? match[0]
    const code = kind === 'c' ? digits.charCodeAt(0) ^ 64 : Number.parseInt(digits, kind === '0' ? 8 : 16)
    return `\\u{${code.toString(16)}}`
  }

  #fault(message: string): JavaException {
    return new JavaException('java.util.regex.PatternSyntaxException', `${message}: ${this.#pattern}`)
  }
}

function literal(point: string): string {
  return /[\\\]^\-[/{}()|$*+?.]/.test(point) ? `\\${point}` : point
}

/** What is not in a class of US-ASCII, as ranges, so that it may stand among others. */
const complement: Readonly<Record<string, string>> = {
  D: '\\x00-\\/:-\\u{10FFFF}',
  W: '\\x00-\\/:-@\\[-\\^`\\{-\\u{10FFFF}',
  S: '\\x00-\\x08\\x0E-\\x1F!-\\u{10FFFF}',
  H: '\\x00-\\x08\\n-\\x1F!-\\x9F\\xA1-\\u167F\\u1681-\\u180D\\u180F-\\u1FFF\\u200B-\\u202E\\u2030-\\u205E\\u2060-\\u2FFF\\u3001-\\u{10FFFF}',
  V: '\\x00-\\t\\x0E-\\x84\\x86-\\u2027\\u202A-\\u{10FFFF}',
}

/** The same for a named class. */
function inverted(members: string): string {
  const regular = new RegExp(`[${members}]`, 'u')
  let text = ''
  let from = -1
  for (let code = 0; code <= 0x80; code++) {
    const inside = code === 0x80 ? false : regular.test(String.fromCharCode(code))
    if (!inside && from < 0) from = code
    if (inside && from >= 0) {
      text += `\\u{${from.toString(16)}}-\\u{${(code - 1).toString(16)}}`
      from = -1
    }
  }
  return `${text}\\u{${(from < 0 ? 0x80 : from).toString(16)}}-\\u{10ffff}`
}
