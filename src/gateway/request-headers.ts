/** One header of the method request: its name as the client wrote it, and every value in order. */
export interface HeaderGroup {
  readonly name: string
  readonly lower: string
  readonly values: string[]
}

/**
 * The headers of the method request: what API Gateway lets through, with its own added, grouped by name. Iterates in
 * case-insensitive order, which is how events and `$input.params().header` show them.
 */
export type RequestHeaders = ReadonlyMap<string, HeaderGroup>

/** Never reach templates, functions or backends (recorded: header remapping tests, HTTP, HTTP_PROXY, AWS, AWS_PROXY). */
const dropped = new Set([
  'connection',
  'content-length',
  'content-md5',
  'expect',
  'keep-alive',
  'max-forwards',
  'proxy-authenticate',
  'server',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'www-authenticate',
])

/** Written anew by the service, so their casing is its own (recorded for the first two; the others as events show). */
const recased: ReadonlyMap<string, string> = new Map([
  ['authorization', 'Authorization'],
  ['user-agent', 'User-Agent'],
  ['host', 'Host'],
  ['via', 'Via'],
  ['x-amzn-trace-id', 'X-Amzn-Trace-Id'],
  ['x-forwarded-for', 'X-Forwarded-For'],
  ['x-forwarded-port', 'X-Forwarded-Port'],
  ['x-forwarded-proto', 'X-Forwarded-Proto'],
])

/**
 * Groups what the client sent; `added` replaces what it may have sent under the same names. `all` keeps what is else
 * dropped, for answers of backends.
 */
export function readHeaders(
  rawHeaders: readonly string[],
  added: readonly (readonly [name: string, value: string])[],
  all = false,
): RequestHeaders {
  const groups = new Map<string, HeaderGroup>()
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? ''
    const value = rawHeaders[index + 1] ?? ''
    const lower = name.toLowerCase()
    if (!all && dropped.has(lower)) continue
    const group = groups.get(lower)
    if (group === undefined) groups.set(lower, { name: recased.get(lower) ?? name, lower, values: [value] })
    else group.values.push(value)
  }
  for (const [name, value] of added) {
    const lower = name.toLowerCase()
    groups.set(lower, { name, lower, values: [value] })
  }
  const sorted = [...groups.values()].sort((a, b) => (a.lower < b.lower ? -1 : 1))
  groups.clear()
  for (const group of sorted) groups.set(group.lower, group)
  return groups
}

/** The last value under a name, however it is cased; `name` is lower-case. */
export function headerValue(headers: RequestHeaders, name: string): string | undefined {
  return headers.get(name)?.values.at(-1)
}

/** Name → last value, as `headers` of an event and `$input.params().header` show it. */
export function singleValues(headers: RequestHeaders): Record<string, string> {
  const single: Record<string, string> = {}
  for (const group of headers.values()) single[group.name] = group.values.at(-1) ?? ''
  return single
}

/** Name → values, `multiValueHeaders` of an event. */
export function multiValues(headers: RequestHeaders): Record<string, readonly string[]> {
  const multi: Record<string, readonly string[]> = {}
  for (const group of headers.values()) multi[group.name] = group.values
  return multi
}

/** The value of a header in a raw list, before anything is grouped; `name` is lower-case. */
export function rawHeader(rawHeaders: readonly string[], name: string): string | undefined {
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const candidate = rawHeaders[index] ?? ''
    if (candidate.length === name.length && candidate.toLowerCase() === name) return rawHeaders[index + 1]
  }
  return undefined
}
