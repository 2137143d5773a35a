import { invalidParameter } from './errors.ts'

/** One page of a list: markers name the last key of the page before, so nothing is skipped when something is deleted. */
export function page<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  { Marker, MaxItems = 50 }: { readonly Marker?: string | undefined; readonly MaxItems?: number | undefined },
): { readonly items: readonly Item[]; readonly NextMarker?: string } {
  let from = 0
  if (Marker !== undefined && Marker !== '') {
    const after = decode(Marker)
    from = items.findIndex(item => keyOf(item) === after) + 1
    if (from === 0) from = items.findIndex(item => keyOf(item) > after)
    if (from === -1) from = items.length
  }
  const size = Math.min(MaxItems, 50)
  const found = items.slice(from, from + size)
  const last = found.at(-1)
  if (last === undefined || from + size >= items.length) return { items: found }
  return { items: found, NextMarker: Buffer.from(JSON.stringify([keyOf(last)])).toString('base64') }
}

function decode(marker: string): string {
  try {
    const [key]: unknown[] = JSON.parse(Buffer.from(marker, 'base64').toString())
    if (typeof key === 'string') return key
  } catch (cause) {
    throw Object.assign(invalidParameter('Invalid marker.'), { cause })
  }
  throw invalidParameter('Invalid marker.')
}
