/** One piece of a JSON or space-delimited pattern. */
export interface Token {
  readonly kind: 'symbol' | 'word' | 'quoted' | 'end'
  readonly text: string
}

const pattern =
  /\s*(?:(&&|\|\||!=|<=|>=|[=<>(){},]|\[(?!(?:\d+|\*)\]|["'])|\](?![\w.[]))|"((?:[^"\\]|\\.)*)"|(%(?:[^%\\]|\\.)+%)|((?:[^\s=<>!&|(){},"[\]]|\[(?:\d+|\*)\]|\["[^"]*"\]|\['[^']*'\]|![^=]|&(?!&)|\|(?!\|))+))/y

/** Takes a pattern apart. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  const end = text.trimEnd().length
  while (at < end) {
    pattern.lastIndex = at
    const match = pattern.exec(text)
    if (match === null) throw new SyntaxError(`nothing is known to begin at ${at}`)
    const [all, symbol, quoted, expression, word] = match
    at += all.length
    if (symbol !== undefined) tokens.push({ kind: 'symbol', text: symbol })
    else if (quoted !== undefined) tokens.push({ kind: 'quoted', text: quoted.replace(/\\(.)/g, '$1') })
    else tokens.push({ kind: 'word', text: expression ?? word ?? '' })
  }
  return tokens
}

/** Reads tokens one after the other. */
export interface TokenReader {
  peek(): Token
  /** The one after the next. */
  ahead(): Token
  take(): Token
  /** Takes a symbol or word if it comes next. */
  accept(text: string): boolean
  expect(text: string): void
}

export function readTokens(text: string): TokenReader {
  const tokens = tokensOf(text)
  let at = 0
  const end: Token = { kind: 'end', text: '' }
  const reader: TokenReader = {
    peek: () => tokens[at] ?? end,
    ahead: () => tokens[at + 1] ?? end,
    take: () => tokens[at++] ?? end,
    accept(wanted) {
      const { kind, text: found } = reader.peek()
      if (kind === 'quoted' || found.toUpperCase() !== wanted) return false
      at++
      return true
    },
    expect(wanted) {
      if (!reader.accept(wanted)) throw new SyntaxError(`${wanted} is missing before ${reader.peek().text}`)
    },
  }
  return reader
}
