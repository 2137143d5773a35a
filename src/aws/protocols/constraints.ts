import { compilePattern } from './java-pattern.ts'
import { measure } from './measure.ts'
import type { Constraints, Member, Shape, StructureShape } from './shapes.ts'
import { describeViolations } from './violations.ts'

/** True where a value keeps every limit of its shape, required members included. */
type Check = (value: unknown) => boolean

interface Slot {
  check: Check
}

/** Compiles the test of one shape's own limits. */
function checkOwn(limits: Constraints): Check {
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = limits
  const bounded = limits.min !== undefined || limits.max !== undefined
  const values = limits.enum === undefined ? undefined : new Set<unknown>(limits.enum)
  const pattern = limits.pattern === undefined ? undefined : compilePattern(limits.pattern)
  return value => {
    if (bounded) {
      const size = measure(value)
      if (size < min || size > max) return false
    }
    if (values !== undefined && !values.has(value)) return false
    return pattern === undefined || typeof value !== 'string' || pattern.test(value)
  }
}

/** Answers AWS's message about an input that breaks its model's limits, undefined where it keeps them. */
export type Validate = (input: unknown) => string | undefined

/** Compiles the validation of inputs; the wording is only looked for once something is wrong. */
export function createValidators(): (shape: StructureShape) => Validate {
  const slots = new Map<Shape, Slot>()
  const limited = new Map<Shape, boolean>()

  /** Whether anything in or below a shape has limits; a shape that only refers to itself has none. */
  function isLimited(shape: Shape, open: Set<Shape> = new Set()): boolean {
    const known = limited.get(shape)
    if (known !== undefined) return known
    if (open.has(shape)) return false
    open.add(shape)
    let found = shape.constraints !== undefined
    if (shape.kind === 'list') found = isLimited(shape.member.shape, open) || found
    else if (shape.kind === 'map')
      found = isLimited(shape.key.shape, open) || isLimited(shape.value.shape, open) || found
    else if (shape.kind === 'structure') {
      if (shape.required.length > 0) found = true
      for (const member of shape.members) if (isLimited(member.shape, open)) found = true
    }
    open.delete(shape)
    if (open.size === 0 || found) limited.set(shape, found)
    return found
  }

  function slotOf(shape: Shape): Slot {
    const known = slots.get(shape)
    if (known !== undefined) return known
    const slot: Slot = { check: () => true }
    slots.set(shape, slot)
    slot.check = compile(shape)
    return slot
  }

  function compile(shape: Shape): Check {
    const own = shape.constraints === undefined ? undefined : checkOwn(shape.constraints)
    if (shape.kind === 'simple') return own ?? (() => true)
    if (shape.kind === 'structure') return checkStructure(shape)
    if (shape.kind === 'list') {
      const slot = isLimited(shape.member.shape) ? slotOf(shape.member.shape) : undefined
      return value => {
        if (own !== undefined && !own(value)) return false
        if (slot !== undefined)
          for (const element of value as unknown[]) if (!slot.check(element)) return false
        return true
      }
    }
    const key = isLimited(shape.key.shape) ? slotOf(shape.key.shape) : undefined
    const element = isLimited(shape.value.shape) ? slotOf(shape.value.shape) : undefined
    return value => {
      if (own !== undefined && !own(value)) return false
      if (key === undefined && element === undefined) return true
      const map = value as Record<string, unknown>
      for (const name in map) {
        if (key !== undefined && !key.check(name)) return false
        if (element !== undefined && !element.check(map[name])) return false
      }
      return true
    }
  }

  function checkStructure(shape: StructureShape): Check {
    const required = shape.required
    const members = shape.members
      .filter((member: Member) => isLimited(member.shape))
      .map(member => ({ name: member.name, slot: slotOf(member.shape) }))
    return value => {
      const structure = value as Record<string, unknown>
      for (const name of required) if (structure[name] === undefined) return false
      for (const { name, slot } of members) {
        const given = structure[name]
        if (given !== undefined && !slot.check(given)) return false
      }
      return true
    }
  }

  return shape => {
    if (!isLimited(shape)) return () => undefined
    const slot = slotOf(shape)
    return input => (slot.check(input) ? undefined : describeViolations(shape, input))
  }
}
