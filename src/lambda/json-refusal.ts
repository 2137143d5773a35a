const values = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')"
/** So much of the text is quoted. */
const quoted = 500

/**
 * Why a text is no JSON, in the words of the parser behind Lambda's Invoke, which API Gateway shows to clients (quoted in
 * public bug reports: `Unexpected character (',' (code 44)): was expecting double-quote to start field name\n at …`).
 * Undefined where this reader finds nothing wrong.
 */
export function jsonRefusal(text: string): string | undefined {
  const reader = new Reader(text)
  try {
    reader.value()
    reader.end()
    return undefined
  } catch (error) {
    if (error instanceof RangeError) return 'Document nesting depth exceeds the maximum allowed'
    if (!(error instanceof Refusal)) throw error
    return `${error.message}\n at ${place(text, reader.at)}`
  }
}

class Refusal extends Error {}

/** `at` counts what has been read. */
function place(text: string, at: number): string {
  const before = text.slice(0, at)
  const line = before.split('\n').length
  return `[Source: ${source(text)}; line: ${line}, column: ${at - before.lastIndexOf('\n')}]`
}

function source(text: string): string {
  const bytes = Buffer.from(text)
  const cut = bytes.length > quoted ? `[truncated ${bytes.length - quoted} bytes]` : ''
  return `(byte[])"${bytes.subarray(0, quoted).toString()}"${cut}`
}

/** Reads as JSON.parse does, and says of the first character that does not fit what would have. */
class Reader {
  readonly text: string
  at = 0

  constructor(text: string) {
    this.text = text
  }

  value(): void {
    const character = this.next(() => 'Unexpected end-of-input')
    if (character === '"')
      this.string('Unexpected end-of-input: was expecting closing quote for a string value')
    else if (character === '{') this.members('Object', '}')
    else if (character === '[') this.members('Array', ']')
    else if (/[-\d]/.test(character)) this.number()
    else this.word(character)
  }

  end(): void {
    this.space()
    if (this.at < this.text.length) this.unexpected(`expected a valid value ${values}`)
  }

  private members(kind: 'Object' | 'Array', close: string): void {
    const open = this.at - 1
    const unclosed = (): string =>
      `Unexpected end-of-input: expected close marker for ${kind} (start marker at ${place(this.text, open)})`
    for (let first = true; ; first = false) {
      const character = this.next(unclosed)
      if (character === close && first) return
      this.at--
      if (kind === 'Object') this.name(unclosed)
      this.value()
      const after = this.next(unclosed)
      if (after === close) return
      if (after !== ',') this.refuse(`was expecting comma to separate ${kind} entries`)
    }
  }

  private name(unclosed: () => string): void {
    if (this.next(unclosed) !== '"') this.refuse('was expecting double-quote to start field name')
    this.string('Unexpected end-of-input in field name')
    if (this.next(unclosed) !== ':') this.refuse('was expecting a colon to separate field name and value')
  }

  private string(unclosed: string): void {
    for (;;) {
      const character = this.take()
      if (character === undefined) throw new Refusal(unclosed)
      if (character === '"') return
      const code = character.charCodeAt(0)
      if (code < 32)
        throw new Refusal(
          `Illegal unquoted character ((CTRL-CHAR, code ${code})): has to be escaped using backslash to be included in string value`,
        )
      if (character !== '\\') continue
      const escaped = this.take()
      if (escaped === undefined) throw new Refusal('Unexpected end-of-input in character escape sequence')
      if (escaped === 'u') this.hexadecimal()
      else if (!'"\\/bfnrt'.includes(escaped))
        throw new Refusal(`Unrecognized character escape ${shown(escaped)}`)
    }
  }

  private hexadecimal(): void {
    for (let digit = 0; digit < 4; digit++)
      if (!/[\da-f]/i.test(this.take() ?? ''))
        this.refuse('expected a hex-digit for character escape sequence')
  }

  private number(): void {
    const minus = this.text[this.at - 1] === '-'
    if (minus && !/\d/.test(this.take() ?? ''))
      this.refuse('expected digit (0-9) to follow minus sign, for valid numeric value')
    if (this.text[this.at - 1] === '0' && /\d/.test(this.text[this.at] ?? ''))
      throw new Refusal('Invalid numeric value: Leading zeroes not allowed')
    const rest = /^\d*(?:\.\d+)?(?:[eE][+-]?\d+)?/.exec(this.text.slice(this.at))
    this.at += rest?.[0].length ?? 0
  }

  private word(first: string): void {
    this.at--
    const word = /^[\p{L}\p{N}_$]*/u.exec(this.text.slice(this.at, this.at + 256))?.[0] ?? ''
    if (word === 'true' || word === 'false' || word === 'null') {
      this.at += word.length
      return
    }
    this.at += Math.max(1, word.length)
    if (word === '' || !/[\p{L}_$]/u.test(first)) this.refuse(`expected a valid value ${values}`)
    throw new Refusal(`Unrecognized token '${word}': was expecting ${values}`)
  }

  private space(): void {
    while (this.at < this.text.length && ' \t\r\n'.includes(this.text[this.at] ?? '')) this.at++
  }

  /** The next character that is no space, taken. */
  private next(missing: () => string): string {
    this.space()
    const character = this.take()
    if (character === undefined) throw new Refusal(missing())
    return character
  }

  private take(): string | undefined {
    const character = this.text[this.at]
    if (character !== undefined) this.at++
    return character
  }

  private unexpected(wanted: string): never {
    this.at++
    return this.refuse(wanted)
  }

  /** Refuses the character that was taken last. */
  private refuse(wanted: string): never {
    throw new Refusal(`Unexpected character (${shown(this.text[this.at - 1] ?? '')}): ${wanted}`)
  }
}

function shown(character: string): string {
  const code = character.charCodeAt(0)
  return Number.isNaN(code) ? 'end of input' : `'${character}' (code ${code})`
}
