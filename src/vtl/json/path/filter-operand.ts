import { readDecimal } from '../../java/big-decimal.ts'
import { JavaCollection } from '../../java/collection.ts'
import { JavaMap } from '../../java/map.ts'
import { isNumber, JavaBigDecimal } from '../../java/number.ts'
import { text, type Value } from '../../java/value.ts'
import { readLenientJson } from '../read-lenient-json.ts'

/** What a filter compares. */
export type Operand =
  | { readonly kind: 'null' }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'number'; readonly value: JavaBigDecimal }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'json'; readonly value: JavaMap | JavaCollection }
  | { readonly kind: 'pattern'; readonly value: (input: string) => boolean }

/** A value of the document. */
export function operandOf(value: Value): Operand {
  if (typeof value === 'string') return { kind: 'string', value }
  if (typeof value === 'boolean') return { kind: 'boolean', value }
  if (isNumber(value)) return { kind: 'number', value: decimal(text(value)) }
  if (value instanceof JavaMap || value instanceof JavaCollection) return { kind: 'json', value }
  return { kind: 'null' }
}

/** A number, a word or JSON as the filter writes it. */
export function literalOperand(source: string): Operand {
  return operandOf(readLenientJson(source))
}

export function patternOperand(matches: (input: string) => boolean): Operand {
  return { kind: 'pattern', value: matches }
}

/** The number that a string means; undefined where it means none. */
export function numberIn(value: string): JavaBigDecimal | undefined {
  return /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(value) ? decimal(value) : undefined
}

function decimal(source: string): JavaBigDecimal {
  const { unscaled, scale } = readDecimal(source.replace(/^\+/, ''))
  return new JavaBigDecimal(unscaled, scale)
}
