import type { AttributeValue, Item } from '../values/attribute-value.ts'
import type { Path } from './placeholders.ts'

/** What stands at a path of an item, or undefined. */
export function valueAt(item: Item, path: Path): AttributeValue | undefined {
  const [head, ...rest] = path
  let value = typeof head === 'string' && Object.hasOwn(item, head) ? item[head] : undefined
  for (const step of rest) {
    if (value === undefined) return undefined
    value = typeof step === 'number' ? elementAt(value, step) : memberAt(value, step)
  }
  return value
}

const elementAt = (value: AttributeValue, index: number): AttributeValue | undefined =>
  'L' in value ? value.L[index] : undefined

const memberAt = (value: AttributeValue, name: string): AttributeValue | undefined =>
  'M' in value && Object.hasOwn(value.M, name) ? value.M[name] : undefined
