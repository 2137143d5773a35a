/** The query of the method request, decoded: the last value of each name, and all of them. Null when it is empty. */
export interface QueryString {
  readonly single: Readonly<Record<string, string>>
  readonly multi: Readonly<Record<string, readonly string[]>>
}

/** Decodes a raw query as recorded: `+` is a space, a name without `=` has the value `''`, the order is kept. */
export function readQueryString(raw: string): QueryString | null {
  if (raw === '') return null
  const single: Record<string, string> = Object.create(null)
  const multi: Record<string, string[]> = Object.create(null)
  let some = false
  for (const pair of raw.split('&')) {
    if (pair === '') continue
    const equals = pair.indexOf('=')
    const name = decodeQuery(equals === -1 ? pair : pair.slice(0, equals))
    const value = equals === -1 ? '' : decodeQuery(pair.slice(equals + 1))
    single[name] = value
    const values = multi[name]
    if (values === undefined) multi[name] = [value]
    else values.push(value)
    some = true
  }
  return some ? { single, multi } : null
}

function decodeQuery(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text
  return spaced.includes('%') ? decodePercent(spaced) : spaced
}

/** Decodes percent escapes; what is none stays as it is, bytes that are no UTF-8 become U+FFFD. */
export function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text.replaceAll(/(?:%[0-9a-f]{2})+/gi, escapes =>
      Buffer.from(escapes.replaceAll('%', ''), 'hex').toString('utf8'),
    )
  }
}

/** Encodes one name or value of a query for a backend. */
export function encodeQuery(text: string): string {
  return encodeURIComponent(
    text.replaceAll(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD'),
  ).replaceAll(/[!'()*]/g, character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
}
