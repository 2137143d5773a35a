import { translateClass } from './translate-class.ts'
import { JavaException } from './value.ts'

/** What a pattern says about itself: `(?i)` and its kin. */
export interface PatternFlags {
  readonly ignoreCase: boolean
  readonly dotAll: boolean
  readonly multiline: boolean
  readonly comments: boolean
}

const lineEnd = '\\n\\r\\u0085\\u2028\\u2029'
const anyChar = '[\\s\\S]'
const lineStart = `(?:^|(?<=[${lineEnd}])(?<!\\r(?=\\n))(?=[\\s\\S]))`
/** The end, or right before a line break that ends the text. */
const textEnd = `(?=(?:\\r\\n|[${lineEnd}])?$)`

/** Escapes that stand for an assertion, which JavaScript can only repeat inside a group. */
const assertions: Readonly<Record<string, string>> = {
  b: '\\b',
  B: '\\B',
  A: '^',
  G: '^',
  z: '$',
  Z: textEnd,
}

/** Rewrites a pattern of Java's (https://docs.oracle.com/en/java/javase/17/docs/api/java.base/java/util/regex/Pattern.html) for JavaScript. */
export function translatePattern(pattern: string): string {
  return new Translation(pattern).run()
}

export function patternFault(pattern: string, message: string): JavaException {
  return new JavaException('java.util.regex.PatternSyntaxException', `${message}: ${pattern}`)
}

interface Group {
  readonly start: number
  readonly assertion: boolean
  readonly flags: PatternFlags
}

class Translation {
  readonly #pattern: string
  #at = 0
  #result = ''
  #flags: PatternFlags = { ignoreCase: false, dotAll: false, multiline: false, comments: false }
  readonly #groups: Group[] = []

  constructor(pattern: string) {
    this.#pattern = pattern
  }

  run(): string {
    while (this.#at < this.#pattern.length) this.#step()
    if (this.#groups.length > 0) throw patternFault(this.#pattern, 'Unclosed group')
    return this.#result
  }

  #step(): void {
    const character = this.#pattern[this.#at] ?? ''
    switch (character) {
      case '\\':
        this.#escape()
        return
      case '[': {
        const { text, end } = translateClass(this.#pattern, this.#at, this.#flags.ignoreCase)
        this.#at = end
        this.#atom(text)
        return
      }
      case '(':
        this.#open()
        return
      case ')':
        this.#close()
        return
      case '|':
        this.#at++
        this.#result += '|'
        return
      case '*':
      case '+':
      case '?':
        throw patternFault(this.#pattern, `Dangling meta character '${character}'`)
      case '{':
        throw patternFault(this.#pattern, 'Illegal repetition')
      case '.':
        this.#at++
        this.#atom(this.#flags.dotAll ? anyChar : `[^${lineEnd}]`)
        return
      case '^':
        this.#at++
        this.#assertion(this.#flags.multiline ? lineStart : '^')
        return
      case '$':
        this.#at++
        this.#assertion(this.#flags.multiline ? `(?=[${lineEnd}]|$)` : textEnd)
        return
      default:
        this.#literal(character)
        return
    }
  }

  #literal(character: string): void {
    if (this.#flags.comments) {
      if (/\s/.test(character)) {
        this.#at++
        return
      }
      if (character === '#') {
        const end = this.#pattern.indexOf('\n', this.#at)
        this.#at = end === -1 ? this.#pattern.length : end
        return
      }
    }
    const point = String.fromCodePoint(this.#pattern.codePointAt(this.#at) ?? 0)
    this.#at += point.length
    this.#atom(this.#cased(point))
  }

  #cased(point: string): string {
    if (this.#flags.ignoreCase && /[a-zA-Z]/.test(point))
      return `[${point.toLowerCase()}${point.toUpperCase()}]`
    return /[/^$\\.*+?()[\]{}|]/.test(point) ? `\\${point}` : point
  }

  #escape(): void {
    const kind = this.#pattern[this.#at + 1]
    if (kind === undefined) throw patternFault(this.#pattern, 'Unexpected internal error')
    if (kind === 'Q') {
      this.#quotation()
      return
    }
    if (kind === 'E') {
      this.#at += 2
      return
    }
    const assertion = assertions[kind]
    if (assertion !== undefined) {
      this.#at += 2
      this.#assertion(assertion)
      return
    }
    if (/[1-9]/.test(kind)) {
      this.#at += 2
      this.#atom(`(?:\\${kind})`)
      return
    }
    if (kind === 'k' && this.#pattern[this.#at + 2] === '<') {
      const end = this.#pattern.indexOf('>', this.#at)
      const name = this.#pattern.slice(this.#at + 3, end)
      this.#at = end + 1
      this.#atom(`\\k<${name}>`)
      return
    }
    if (kind === 'R' || kind === 'X') {
      this.#at += 2
      this.#atom(kind === 'R' ? `(?:\\r\\n|[\\n\\x0B\\f\\r\\u0085\\u2028\\u2029])` : anyChar)
      return
    }
    const { text, end } = translateClass(this.#pattern, this.#at, this.#flags.ignoreCase)
    this.#at = end
    this.#atom(text)
  }

  #quotation(): void {
    const end = this.#pattern.indexOf('\\E', this.#at)
    const quoted = this.#pattern.slice(this.#at + 2, end === -1 ? undefined : end)
    this.#at = end === -1 ? this.#pattern.length : end + 2
    const points = [...quoted].map(point => this.#cased(point))
    this.#result += points.slice(0, -1).join('')
    const last = points.at(-1)
    if (last !== undefined) this.#atom(last)
  }

  #open(): void {
    const rest = this.#pattern.slice(this.#at)
    const flags = /^\(\?([a-zA-Z]*)(?:-([a-zA-Z]+))?([:)])/.exec(rest)
    const before = this.#flags
    if (flags !== null) {
      const [whole, on = '', off = '', end] = flags
      this.#at += whole.length
      this.#flags = this.#changed(on, off)
      if (end === ':') this.#begin('(?:', false, before)
      return
    }
    const special = /^\((?:\?(?:<?[=!]|<[a-zA-Z][a-zA-Z0-9]*>|>))?/.exec(rest)?.[0] ?? '('
    if (rest.startsWith('(?') && special === '(') throw patternFault(this.#pattern, 'Unknown inline modifier')
    this.#at += special.length
    // An atomic group becomes a plain one: JavaScript has none.
    this.#begin(special === '(?>' ? '(?:' : special, /[=!]$/.test(special), before)
  }

  #begin(text: string, assertion: boolean, flags: PatternFlags): void {
    this.#groups.push({ start: this.#result.length, assertion, flags })
    this.#result += text
  }

  #changed(on: string, off: string): PatternFlags {
    if (/[^idmsuxU]/.test(on + off)) throw patternFault(this.#pattern, 'Unknown inline modifier')
    const set = (letter: string, now: boolean): boolean =>
      on.includes(letter) || (now && !off.includes(letter))
    return {
      ignoreCase: set('i', this.#flags.ignoreCase),
      dotAll: set('s', this.#flags.dotAll),
      multiline: set('m', this.#flags.multiline),
      comments: set('x', this.#flags.comments),
    }
  }

  #close(): void {
    const group = this.#groups.pop()
    if (group === undefined) throw patternFault(this.#pattern, "Unmatched closing ')'")
    this.#at++
    this.#flags = group.flags
    const text = `${this.#result.slice(group.start)})`
    this.#result = this.#result.slice(0, group.start)
    if (group.assertion) this.#assertion(text)
    else this.#atom(text)
  }

  #assertion(text: string): void {
    this.#atom(`(?:${text})`)
  }

  /** Writes an atom and the repetition that follows it; a possessive one becomes greedy. */
  #atom(text: string): void {
    this.#result += text
    const repetition = /[*+?]|\{\d+(?:,\d*)?\}/y
    repetition.lastIndex = this.#at
    const match = repetition.exec(this.#pattern)
    if (match === null) return
    this.#at += match[0].length
    const reluctant = this.#pattern[this.#at] === '?'
    const possessive = this.#pattern[this.#at] === '+'
    if (reluctant || possessive) this.#at++
    this.#result += match[0] + (reluctant ? '?' : '')
  }
}
