import { decodeUri, encodeUri } from './uri-encoding.ts'

/** A query string's names and values, decoded, in the order sent. */
export type QueryPairs = readonly (readonly [name: string, value: string])[]

/** Takes a raw query apart; `+` is a blank, `name` alone is `name=`. */
export function readQuery(rawQuery: string): QueryPairs {
  if (rawQuery === '') return []
  const pairs: [string, string][] = []
  for (const part of rawQuery.split('&')) {
    if (part === '') continue
    const equals = part.indexOf('=')
    const name = equals < 0 ? part : part.slice(0, equals)
    pairs.push([decodeUri(name, ' '), equals < 0 ? '' : decodeUri(part.slice(equals + 1), ' ')])
  }
  return pairs
}

/** The query line of a canonical request: every pair encoded, sorted by name and then by value, without `omit`. */
export function canonicalQuery(pairs: QueryPairs, omit: ReadonlySet<string>): string {
  if (pairs.length === 0) return ''
  // Less than every character of a name: `a` comes before `a-b`, though `-` comes before `=`.
  const between = '\0'
  const lines: string[] = []
  for (const [name, value] of pairs)
    if (!omit.has(name)) lines.push(encodeUri(name, '%2F') + between + encodeUri(value, '%2F'))
  return lines.sort().join('&').replaceAll(between, '=')
}
