import { type AttributeType, type AttributeValue, typeOf } from '../values/attribute-value.ts'
import type { Path } from './placeholders.ts'

/** An operand whose names and values are known. */
export type Operand =
  | { readonly kind: 'path'; readonly path: Path }
  /** `value` is undefined only while problems are being collected; such an expression is never evaluated. */
  | { readonly kind: 'value'; readonly name: string; readonly value: AttributeValue | undefined }
  | { readonly kind: 'function'; readonly name: string; readonly operands: readonly Operand[] }
  | {
      readonly kind: 'arithmetic'
      readonly operator: '+' | '-'
      readonly operands: readonly [Operand, Operand]
    }

/** The type that an operand has whatever the item; undefined for everything whose type only an item can tell. */
export function literalType(operand: Operand | undefined): AttributeType | undefined {
  if (operand?.kind === 'function' && operand.name === 'size') return 'N'
  return operand?.kind === 'value' && operand.value !== undefined ? typeOf(operand.value) : undefined
}
