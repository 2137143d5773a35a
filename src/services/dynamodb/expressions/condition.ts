import type { Comparator } from './ast.ts'
import type { Operand } from './operand.ts'

/** A condition whose names and values are known and whose operands were checked. */
export type Condition =
  | { readonly kind: 'and'; readonly operands: readonly [Condition, Condition] }
  | { readonly kind: 'or'; readonly operands: readonly [Condition, Condition] }
  | { readonly kind: 'not'; readonly operand: Condition }
  | {
      readonly kind: 'compare'
      readonly comparator: Comparator
      readonly operands: readonly [Operand, Operand]
    }
  | { readonly kind: 'between'; readonly operands: readonly [Operand, Operand, Operand] }
  | { readonly kind: 'in'; readonly operands: readonly Operand[] }
  | { readonly kind: 'call'; readonly name: string; readonly operands: readonly Operand[] }
