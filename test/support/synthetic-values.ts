import type { Member, Shape, StructureShape } from '../../src/aws/protocols/shapes.ts'

/** Which way a value travels: some members exist only in one of the directions. */
export type Direction = 'input' | 'output'

interface Place {
  readonly direction: Direction
  readonly depth: number
  readonly header: boolean
}

/** Shapes that hold themselves end here. */
const deepest = 4

/** A value that has every member of a shape, different in every place, and keeps the shape's limits where it can. */
export function syntheticValue(shape: Shape, direction: Direction, seed = 1): unknown {
  let count = seed
  const next = (): number => count++

  function simple(shape: Shape & { kind: 'simple' }, place: Place): unknown {
    switch (shape.type) {
      case 'string':
        return text(shape, place, next())
      case 'boolean':
        return next() % 2 === 0
      case 'integer':
      case 'long':
        return between(shape, next())
      case 'float':
      case 'double':
      case 'number':
        return between(shape, next()) + (shape.constraints?.max === undefined ? 0.5 : 0)
      case 'blob':
      case 'stream':
        return Uint8Array.from([next() & 255, 0, 255, 10])
      case 'document':
        return { some: ['document', next(), true, null] }
      default:
        return new Date(1_700_000_000_000 + next() * 1000)
    }
  }

  function events(shape: StructureShape, place: Place): AsyncIterable<unknown> {
    const made = shape.members
      .filter(member => !/Exception|Error/.test(member.shape.name))
      .map(member => ({ [member.name]: value(member.shape, { ...place, depth: place.depth + 1 }) }))
    return {
      async *[Symbol.asyncIterator]() {
        yield* made
      },
    }
  }

  function structure(shape: StructureShape, place: Place): unknown {
    if (shape.eventStream) return events(shape, place)
    const value: Record<string, unknown> = {}
    for (const member of shape.union ? shape.members.slice(0, 1) : shape.members) {
      if (place.depth >= deepest && !shape.required.includes(member.name)) continue
      const made = memberValue(member, place)
      if (made !== undefined) value[member.name] = made
    }
    return value
  }

  function memberValue(member: Member, place: Place): unknown {
    const header = place.header || member.traits.header !== undefined || member.traits.prefix !== undefined
    return value(member.shape, { ...place, depth: place.depth + 1, header })
  }

  function value(shape: Shape, place: Place): unknown {
    if (place.depth > 12) return undefined
    if (shape.kind === 'simple') return simple(shape, place)
    if (shape.kind === 'structure') return structure(shape, place)
    if (shape.kind === 'list') {
      const size = Math.max(place.depth >= deepest ? 1 : 2, shape.constraints?.min ?? 0)
      const many = Math.min(size, shape.constraints?.max ?? size, 4)
      return Array.from({ length: many }, () =>
        value(shape.member.shape, { ...place, depth: place.depth + 1 }),
      ).filter(element => element !== undefined)
    }
    const made = value(shape.value.shape, { ...place, depth: place.depth + 1 })
    const key =
      shape.key.shape.kind === 'simple' ? text(shape.key.shape, { ...place, header: true }, next()) : 'key'
    return made === undefined ? {} : { [key]: made }
  }

  return value(shape, { direction, depth: 0, header: false })
}

/** Headers carry no markup and no blanks at their ends; everything else gets what needs escaping. */
function text(shape: Shape, place: Place, count: number): string {
  const limits = shape.constraints
  if (limits?.enum !== undefined) return limits.enum[count % limits.enum.length] ?? ''
  const wild = place.header || limits?.pattern !== undefined ? `text-${count}` : `tëxt <&"'> ${count}`
  const shortest = limits?.min ?? 0
  const longest = limits?.max ?? 1000
  return wild.padEnd(Math.min(shortest, 2000), 'x').slice(0, Math.max(longest, 1))
}

function between(shape: Shape, count: number): number {
  const min = shape.constraints?.min ?? 1
  const max = shape.constraints?.max ?? min + 1000
  return Math.min(min + (count % 100), max)
}
