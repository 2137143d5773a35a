import type { SourceText } from './source-text.ts'

interface NodeBase {
  /** The file that the value stands in. */
  readonly origin: SourceText
  /** Offsets in the file's text. */
  readonly start: number
  readonly end: number
}

/** A mapping; keys in the order written. */
export interface MapNode extends NodeBase {
  readonly kind: 'map'
  readonly entries: ReadonlyMap<string, MapEntry>
  /** Keys that stand more than once; the last one counts. */
  readonly repeated: readonly MapEntry[]
}

/** One key of a mapping with its value. */
export interface MapEntry {
  readonly key: string
  /** Where the key stands. */
  readonly start: number
  readonly value: SourceNode
}

/** A sequence. */
export interface ListNode extends NodeBase {
  readonly kind: 'list'
  readonly items: readonly SourceNode[]
}

/** A text, number, boolean or null. */
export interface ScalarNode extends NodeBase {
  readonly kind: 'scalar'
  readonly value: string | number | boolean | null
  /** The text as a person reads it: `012` stays `012`, `200` is `200`. */
  readonly text: string
  readonly style: 'plain' | 'quoted' | 'single' | 'literal' | 'folded' | 'file'
}

/** A value of a YAML or JSON file that knows where it stands. */
export type SourceNode = MapNode | ListNode | ScalarNode

/** What a value is called in a message. */
export function describeKind(node: SourceNode): string {
  if (node.kind === 'map') return 'a mapping'
  if (node.kind === 'list') return 'a list'
  if (node.value === null) return 'nothing (null)'
  return typeof node.value === 'string' ? 'a text' : `a ${typeof node.value}`
}

/** The plain value: what `JSON.parse` would have made. */
export function plainValue(node: SourceNode): unknown {
  if (node.kind === 'scalar') return node.value
  if (node.kind === 'list') return node.items.map(plainValue)
  return Object.fromEntries([...node.entries].map(([key, entry]) => [key, plainValue(entry.value)]))
}
