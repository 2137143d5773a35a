import { keyText } from '../key-text.ts'
import type { Reader, TextEntry } from '../store.ts'
import { type Kept, type Layer, textAt } from './layer.ts'
import { overlaid } from './overlaid.ts'
import type { Tree } from './tree.ts'

const entryOf = (key: string, value: string): TextEntry => ({ key, value })

/** A reader that can tell of a row whether it is there without reading it. */
export interface LayeredReader extends Reader {
  has(table: string, key: string): boolean
}

/** Reads the tree with `layers`, the newest first, over it. `isLive`: the newest changes under ranges that are being read. */
export function layeredReader(layers: () => readonly Layer[], tree: Tree, isLive: boolean): LayeredReader {
  const find = (table: string, key: string): Kept | undefined => {
    for (const layer of layers()) {
      const kept = layer.find(table)?.get(key)
      if (kept !== undefined) return kept
    }
    return undefined
  }
  const textEntries: Reader['textEntries'] = (table, range) =>
    overlaid(layers(), isLive, table, range, tree.textEntries, entryOf) ?? tree.textEntries(table, range)
  return {
    has(table, key) {
      const kept = find(table, key)
      return kept === undefined ? tree.has(table, key) : kept !== null
    },
    get(table, key) {
      const name = keyText(key)
      const kept = find(table, name)
      if (kept === undefined) return tree.get(table, name)
      return kept === null ? undefined : Buffer.from(kept.slab.subarray(kept.start, kept.end))
    },
    *range(table, range) {
      for (const { key, value } of textEntries(table, range))
        yield { key: Buffer.from(key, 'latin1'), value: Buffer.from(value, 'latin1') }
    },
    text(table, key) {
      const name = keyText(key)
      const kept = find(table, name)
      if (kept === undefined) return tree.text(table, name)
      return kept === null ? undefined : textAt(kept)
    },
    texts: (table, range) =>
      overlaid(layers(), isLive, table, range, tree.textEntries, (_, value) => value) ??
      tree.texts(table, range),
    textEntries,
  }
}
