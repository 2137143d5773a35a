/** One step of a path as written: a name, a `#placeholder`, or an index. */
export type PathStep =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'placeholder'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }

/** An operand as written. */
export type OperandNode =
  | { readonly kind: 'path'; readonly steps: readonly PathStep[] }
  | { readonly kind: 'value'; readonly name: string }
  | { readonly kind: 'function'; readonly name: string; readonly operands: readonly OperandNode[] }
  /** `+` and `-` of SET. */
  | {
      readonly kind: 'arithmetic'
      readonly operator: '+' | '-'
      readonly operands: readonly [OperandNode, OperandNode]
    }

export type Comparator = '=' | '<>' | '<' | '<=' | '>' | '>='

/** A condition as written. */
export type ConditionNode =
  | { readonly kind: 'and'; readonly operands: readonly [ConditionNode, ConditionNode] }
  | { readonly kind: 'or'; readonly operands: readonly [ConditionNode, ConditionNode] }
  | { readonly kind: 'not'; readonly operand: ConditionNode }
  | {
      readonly kind: 'compare'
      readonly comparator: Comparator
      readonly operands: readonly [OperandNode, OperandNode]
    }
  | { readonly kind: 'between'; readonly operands: readonly [OperandNode, OperandNode, OperandNode] }
  | { readonly kind: 'in'; readonly operands: readonly OperandNode[] }
  | { readonly kind: 'call'; readonly call: OperandNode & { readonly kind: 'function' } }

/** A condition, filter or key condition, parsed; `redundantParentheses` is an error of its own that ranks after syntax. */
export interface ConditionTree {
  readonly root: ConditionNode
  readonly redundantParentheses: boolean
}

export interface SetClause {
  readonly path: readonly PathStep[]
  readonly operand: OperandNode
}

export interface ValueClause {
  readonly path: readonly PathStep[]
  /** `:value`. */
  readonly value: string
}

/** An update expression's sections in the order written; a section that stands twice is an error that ranks later. */
export type UpdateSection =
  | { readonly kind: 'SET'; readonly clauses: readonly SetClause[] }
  | { readonly kind: 'REMOVE'; readonly paths: readonly (readonly PathStep[])[] }
  | { readonly kind: 'ADD' | 'DELETE'; readonly clauses: readonly ValueClause[] }
