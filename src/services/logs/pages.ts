import { invalidToken } from './errors.ts'

/** A place in a list, as text that nobody needs to understand. */
export function tokenOf(place: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

/** The place that a token means; anything else is refused. */
export function placeOf(token: string): unknown[] {
  try {
    const place: unknown = JSON.parse(Buffer.from(token, 'base64url').toString())
    if (Array.isArray(place)) return place
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw invalidToken()
}

/** One page of a sorted list; a token names the key after which the next one begins. */
export function page<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  token: string | undefined,
  limit = 50,
): { readonly items: readonly Item[]; readonly nextToken?: string } {
  const after = token === undefined ? undefined : String(placeOf(token)[0])
  const at = after === undefined ? 0 : items.findIndex(item => keyOf(item) === after) + 1
  const found = items.slice(at, at + limit)
  const last = found.at(-1)
  if (last === undefined || at + limit >= items.length) return { items: found }
  return { items: found, nextToken: tokenOf([keyOf(last)]) }
}
