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
  const lines: { readonly name: string; readonly value: string }[] = []
  for (const [name, value] of pairs) {
    if (!omit.has(name)) lines.push({ name: encodeUri(name, '%2F'), value: encodeUri(value, '%2F') })
  }
  lines.sort((a, b) => compare(a.name, b.name) || compare(a.value, b.value))
  return lines.map(line => `${line.name}=${line.value}`).join('&')
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
