import type { AttributeValue } from '../values/attribute-value.ts'
import type { Operand } from './operand.ts'
import type { Path } from './placeholders.ts'

/** One change of an update expression, checked, with its names and values filled in. */
export type UpdateAction =
  | { readonly kind: 'set'; readonly path: Path; readonly operand: Operand }
  | { readonly kind: 'remove'; readonly path: Path }
  | { readonly kind: 'add'; readonly path: Path; readonly value: AttributeValue }
  | { readonly kind: 'delete'; readonly path: Path; readonly value: AttributeValue }
