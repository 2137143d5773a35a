import type { PlainValue } from '../template.ts'
import { JavaList } from './collection.ts'
import { JavaMap } from './map.ts'
import { JavaDouble, JavaLong } from './number.ts'
import type { Value } from './value.ts'

/** Makes Java's values of plain ones. */
export function fromPlain(value: PlainValue): Value {
  if (typeof value === 'number') return numberFrom(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return new JavaList(value.map(fromPlain))
  const map = new JavaMap()
  for (const [key, member] of Object.entries(value)) map.put(key, fromPlain(member))
  return map
}

function numberFrom(value: number): Value {
  if (!Number.isInteger(value) || Object.is(value, -0)) return new JavaDouble(value)
  if (value >= -2147483648 && value <= 2147483647) return value
  return Number.isSafeInteger(value) ? new JavaLong(BigInt(value)) : new JavaDouble(value)
}
