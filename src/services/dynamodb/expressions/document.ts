import type { AttributeValue, Item } from '../values/attribute-value.ts'
import type { Path } from './placeholders.ts'

/** An object without a prototype, so that an attribute may be called `__proto__`. */
export function copyOf(members: Readonly<Record<string, AttributeValue>>): Record<string, AttributeValue> {
  return Object.assign(Object.create(null), members)
}

/** The item with `value` at `path`, or undefined where the path leads through something that is no document. */
export function withValueAt(item: Item, path: Path, value: AttributeValue): Item | undefined {
  const [head, ...rest] = path
  if (typeof head !== 'string') return undefined
  const changed =
    rest.length === 0 ? value : replaceWithin(Object.hasOwn(item, head) ? item[head] : undefined, rest, value)
  if (changed === undefined) return undefined
  const copy = copyOf(item)
  copy[head] = changed
  return copy
}

function replaceWithin(
  holder: AttributeValue | undefined,
  path: Path,
  value: AttributeValue,
): AttributeValue | undefined {
  if (holder === undefined) return undefined
  const [step, ...rest] = path
  if (typeof step === 'number') {
    if (!('L' in holder)) return undefined
    const changed = rest.length === 0 ? value : replaceWithin(holder.L[step], rest, value)
    if (changed === undefined) return undefined
    // An index past the end appends, however far past it is.
    return { L: step < holder.L.length ? holder.L.with(step, changed) : [...holder.L, changed] }
  }
  if (step === undefined || !('M' in holder)) return undefined
  const current = Object.hasOwn(holder.M, step) ? holder.M[step] : undefined
  const changed = rest.length === 0 ? value : replaceWithin(current, rest, value)
  if (changed === undefined) return undefined
  const copy = copyOf(holder.M)
  copy[step] = changed
  return { M: copy }
}

/** The item without what stands at `path`; undefined where the path leads through something that is no document. */
export function withoutPath(item: Item, path: Path): Item | undefined {
  const [head, ...rest] = path
  if (typeof head !== 'string') return undefined
  const copy = copyOf(item)
  if (rest.length === 0) {
    delete copy[head]
    return copy
  }
  const changed = removeWithin(copy[head], rest)
  if (changed === undefined) return undefined
  copy[head] = changed
  return copy
}

function removeWithin(holder: AttributeValue | undefined, path: Path): AttributeValue | undefined {
  if (holder === undefined) return undefined
  const [step, ...rest] = path
  if (typeof step === 'number') {
    if (!('L' in holder)) return undefined
    if (rest.length === 0) return { L: holder.L.filter((_, index) => index !== step) }
    const changed = removeWithin(holder.L[step], rest)
    return changed === undefined ? undefined : { L: holder.L.with(step, changed) }
  }
  if (step === undefined || !('M' in holder)) return undefined
  const copy = copyOf(holder.M)
  if (rest.length === 0) {
    delete copy[step]
    return { M: copy }
  }
  const changed = removeWithin(copy[step], rest)
  if (changed === undefined) return undefined
  copy[step] = changed
  return { M: copy }
}
