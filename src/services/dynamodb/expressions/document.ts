import type { AttributeValue, Item } from '../values/attribute-value.ts'
import type { Path } from './placeholders.ts'

type Members = Readonly<Record<string, AttributeValue>>

/** A copy with one member changed. Spread and defined, so that an attribute may be called `__proto__`. */
function withMember(members: Members, name: string, value: AttributeValue): Record<string, AttributeValue> {
  const copy = { ...members }
  if (name === '__proto__')
    Object.defineProperty(copy, name, { value, enumerable: true, configurable: true, writable: true })
  else copy[name] = value
  return copy
}

function withoutMember(members: Members, name: string): Record<string, AttributeValue> {
  const copy = { ...members }
  delete copy[name]
  return copy
}

/** The item with `value` at `path`, or undefined where the path leads through something that is no document. */
export function withValueAt(item: Item, path: Path, value: AttributeValue): Item | undefined {
  const [head, ...rest] = path
  if (typeof head !== 'string') return undefined
  const changed =
    rest.length === 0 ? value : replaceWithin(Object.hasOwn(item, head) ? item[head] : undefined, rest, value)
  return changed === undefined ? undefined : withMember(item, head, changed)
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
  return changed === undefined ? undefined : { M: withMember(holder.M, step, changed) }
}

/** The item without what stands at `path`; undefined where the path leads through something that is no document. */
export function withoutPath(item: Item, path: Path): Item | undefined {
  const [head, ...rest] = path
  if (typeof head !== 'string') return undefined
  if (rest.length === 0) return withoutMember(item, head)
  const changed = removeWithin(Object.hasOwn(item, head) ? item[head] : undefined, rest)
  return changed === undefined ? undefined : withMember(item, head, changed)
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
  if (rest.length === 0) return { M: withoutMember(holder.M, step) }
  const changed = removeWithin(Object.hasOwn(holder.M, step) ? holder.M[step] : undefined, rest)
  return changed === undefined ? undefined : { M: withMember(holder.M, step, changed) }
}
