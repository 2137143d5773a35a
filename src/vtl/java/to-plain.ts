import { doubleOf } from './arithmetic.ts'
import { JavaArray } from './array.ts'
import { JavaCollection } from './collection.ts'
import { JavaMap } from './map.ts'
import { isNumber } from './number.ts'
import { text, type Value } from './value.ts'

/** A value as JavaScript has it, for engines that know no Java; numbers lose what JavaScript cannot hold. */
export type Plain = null | boolean | number | string | Plain[] | { [key: string]: Plain }

/** Makes plain values of Java's. */
export function toPlain(value: Value): Plain {
  if (value === null || typeof value !== 'object') return value
  if (isNumber(value)) return doubleOf(value)
  if (value instanceof JavaCollection) return value.items().map(toPlain)
  if (value instanceof JavaArray) return value.values.map(toPlain)
  if (value instanceof JavaMap)
    return Object.fromEntries(value.keys().map(key => [text(key), toPlain(value.get(key))]))
  return text(value)
}
