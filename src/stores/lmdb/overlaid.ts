import { keyText } from '../key-text.ts'
import type { OrderedMap } from '../ordered-map.ts'
import type { Range, TextEntry } from '../store.ts'
import { type Kept, type Layer, textAt } from './layer.ts'

/** Bounds and direction of a range, as text. */
interface Bounds {
  readonly low: string
  readonly high: string | undefined
  readonly reverse: boolean
}

type Found = readonly [key: string, kept: Kept]

/** The changes of one table inside bounds, in their order. */
interface Walk {
  /** The next change, undefined after the last. */
  head: Found | undefined
  /** Goes beyond `key`, which was read. */
  pass(key: string): void
}

const boundsOf = ({ from, to, reverse = false }: Range): Bounds => ({
  low: from === undefined ? '' : keyText(from),
  high: to === undefined ? undefined : keyText(to),
  reverse,
})

/** Walks what does not change meanwhile. */
function walk(map: OrderedMap<Kept>, { low, high, reverse }: Bounds): Walk {
  const changes = reverse ? map.downwards(high, low) : map.upwards(low, high)
  const next = (): Found | undefined => {
    const { done, value } = changes.next()
    return done === true ? undefined : value
  }
  const self: Walk = {
    head: next(),
    pass(key) {
      if (self.head?.[0] === key) self.head = next()
    },
  }
  return self
}

/** Walks what the caller may change: what comes ahead of it is seen, what goes is not. */
function liveWalk(map: OrderedMap<Kept>, { low, high, reverse }: Bounds): Walk {
  const next = (last?: string): Found | undefined => {
    const found = reverse ? map.previous(last ?? high) : map.next(last ?? low, last !== undefined)
    if (found === undefined) return undefined
    return (reverse ? found[0] >= low : high === undefined || found[0] < high) ? found : undefined
  }
  let last: string | undefined
  return {
    get head() {
      return next(last)
    },
    pass(key) {
      last = key
    },
  }
}

/** Rows with changes laid over them: of one key the first walk's change counts. */
function* merged<Row>(
  walks: readonly Walk[],
  rows: Iterable<TextEntry>,
  { reverse }: Bounds,
  limit: number,
  rowOf: (key: string, value: string) => Row,
): Generator<Row> {
  const below = rows[Symbol.iterator]()
  try {
    let row = below.next()
    for (let left = limit; left > 0; ) {
      let key = row.done === true ? undefined : row.value.key
      let kept: Kept | undefined
      for (const { head } of walks) {
        if (head === undefined) continue
        const isNearer = key === undefined || (reverse ? head[0] > key : head[0] < key)
        if (isNearer || (head[0] === key && kept === undefined)) [key, kept] = head
      }
      if (key === undefined) return
      let value = kept === undefined || kept === null ? undefined : textAt(kept)
      if (row.done !== true && row.value.key === key) {
        if (kept === undefined) value = row.value.value
        row = below.next()
      }
      for (const each of walks) each.pass(key)
      if (value === undefined) continue
      left--
      yield rowOf(key, value)
    }
  } finally {
    below.return?.()
  }
}

/**
 * The rows of a range with the changes of layers, the newest first, laid over them; undefined where no layer changes
 * any. `isLive`: the caller may change the first layer while it reads. `rows` gives the rows of a range without changes.
 */
export function overlaid<Row>(
  layers: readonly Layer[],
  isLive: boolean,
  table: string,
  range: Range,
  rows: (table: string, range: Range) => Iterable<TextEntry>,
  rowOf: (key: string, value: string) => Row,
): Iterable<Row> | undefined {
  const bounds = boundsOf(range)
  const walks: Walk[] = []
  for (const [at, layer] of layers.entries()) {
    if (isLive && at === 0) {
      walks.push(liveWalk(layer.table(table), bounds))
      continue
    }
    const map = layer.find(table)
    const found = map === undefined ? undefined : walk(map, bounds)
    if (found?.head !== undefined) walks.push(found)
  }
  if (walks.length === 0) return undefined
  const { limit = Number.POSITIVE_INFINITY, ...all } = range
  return merged(walks, rows(table, all), bounds, limit, rowOf)
}
