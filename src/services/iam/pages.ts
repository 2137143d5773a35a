import { validationError } from './errors.ts'

/** What all of IAM's lists take. */
export interface PageInput {
  readonly Marker?: string | undefined
  readonly MaxItems?: number | undefined
}

/** One page with IAM's marker. */
export interface Page<Item> {
  readonly items: Item[]
  readonly IsTruncated: boolean
  readonly Marker?: string
}

/** Cuts a page out of a list in which every item has its own key. */
export function page<Item>(all: Iterable<Item>, key: (item: Item) => string, input: PageInput): Page<Item> {
  const limit = input.MaxItems ?? 100
  const after = input.Marker === undefined ? undefined : markerKey(input.Marker)
  const items: Item[] = []
  let skipping = after !== undefined
  for (const item of all) {
    if (skipping) {
      skipping = key(item) !== after
      continue
    }
    if (items.length === limit) {
      const last = items[items.length - 1] as Item
      return { items, IsTruncated: true, Marker: Buffer.from(`after ${key(last)}`).toString('base64') }
    }
    items.push(item)
  }
  if (skipping) throw invalidMarker()
  return { items, IsTruncated: false }
}

function markerKey(marker: string): string {
  const text = Buffer.from(marker, 'base64').toString()
  if (!text.startsWith('after ')) throw invalidMarker()
  return text.slice('after '.length)
}

function invalidMarker() {
  return validationError('Invalid Marker: The marker is not one that a list gave out.')
}
