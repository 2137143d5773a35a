import type { Value } from '../../java/value.ts'

/** One step of a compiled path. */
export type PathToken =
  | { readonly type: 'property'; readonly names: readonly string[] }
  | { readonly type: 'index'; readonly indexes: readonly number[] }
  | { readonly type: 'slice'; readonly from: number | undefined; readonly to: number | undefined }
  | { readonly type: 'wildcard' }
  | { readonly type: 'scan' }
  | { readonly type: 'filter'; readonly accepts: Predicate }
  | { readonly type: 'function'; readonly name: string; readonly parameters: readonly Parameter[] }

/** Whether an item passes a filter; `root` is the whole document, for paths that begin with `$`. */
export type Predicate = (item: Value, root: Value) => boolean

/** An argument of a function: JSON, or a path. */
export type Parameter = { readonly json: Value } | { readonly path: JsonPath }

/** A compiled path. A definite one has one value, any other a list of them. */
export interface JsonPath {
  readonly tokens: readonly PathToken[]
  readonly definite: boolean
  /** Names and indexes, where it consists of nothing else: most paths do. */
  readonly simple: readonly (string | number)[] | undefined
  /** Whether it begins at `$`; inside filters paths begin at `@`, the item. */
  readonly fromRoot: boolean
}

/** Adds up what the steps say about definiteness. */
export function jsonPath(tokens: readonly PathToken[], fromRoot: boolean): JsonPath {
  const definite = tokens.every((token, index) => isDefinite(token, index === tokens.length - 1))
  const steps = tokens.map(stepOf)
  const simple = steps.every(step => step !== undefined) ? steps : undefined
  return { tokens, definite, simple, fromRoot }
}

function stepOf(token: PathToken): string | number | undefined {
  if (token.type === 'property' && token.names.length === 1) return token.names[0]
  return token.type === 'index' && token.indexes.length === 1 ? token.indexes[0] : undefined
}

/** Several names give one merged object where they are the last step. */
export function isDefinite(token: PathToken, last: boolean): boolean {
  switch (token.type) {
    case 'property':
      return token.names.length === 1 || last
    case 'index':
      return token.indexes.length === 1
    case 'function':
      return true
    default:
      return false
  }
}
