import type { Condition, Path, UpdateAction } from '../expressions/index.ts'
import type { Item } from '../values/attribute-value.ts'

/** `RETURNING ALL OLD *` and its sisters, as `ReturnValues` names them. */
export type Returning = 'ALL_OLD' | 'ALL_NEW' | 'UPDATED_OLD' | 'UPDATED_NEW'

/** A SELECT. */
export interface SelectStatement {
  readonly kind: 'select'
  readonly tableName: string
  readonly indexName: string | undefined
  /** Absent: `*`. */
  readonly paths: readonly Path[] | undefined
  readonly where: Condition | undefined
  readonly orderBy: { readonly name: string; readonly isDescending: boolean } | undefined
}

/** A statement that writes one item. */
export type WriteStatement =
  | { readonly kind: 'insert'; readonly tableName: string; readonly item: Item }
  | {
      readonly kind: 'update'
      readonly tableName: string
      readonly actions: readonly UpdateAction[]
      readonly where: Condition
      readonly returning: Returning | undefined
    }
  | {
      readonly kind: 'delete'
      readonly tableName: string
      readonly where: Condition
      readonly returning: Returning | undefined
    }

/** `EXISTS(SELECT …)`, a condition check of a transaction. */
export interface ExistsStatement {
  readonly kind: 'exists'
  readonly tableName: string
  readonly where: Condition
}

/** A PartiQL statement with its parameters filled in. */
export type Statement = SelectStatement | WriteStatement | ExistsStatement
