/** A place where the text is no template; `compile` turns it into a `TemplateError`. */
export class SyntaxFault extends Error {
  readonly found: string
  readonly expected: string
  /** Where in the text that was being parsed, or in the whole template where `placed`. */
  readonly offset: number
  readonly placed: boolean

  constructor(message: string, found: string, expected: string, offset: number, placed = false) {
    super(message)
    this.found = found
    this.expected = expected
    this.offset = offset
    this.placed = placed
  }
}

/** `found` stands where `expected` should. */
export function syntaxFault(found: string, expected: string, offset: number): SyntaxFault {
  return new SyntaxFault(`${found} where ${expected} was expected`, found, expected, offset)
}
