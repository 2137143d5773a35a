import { compilePattern } from './java-pattern.ts'
import { measure } from './measure.ts'
import type { Constraints, Shape } from './shapes.ts'

/**
 * AWS's sentence about everything that is wrong with an input:
 * `2 validation errors detected: Value null at 'tableName' failed to satisfy constraint: Member must not be null; …`
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html and the messages that
 * dynalite's tests recorded).
 */
export function describeViolations(shape: Shape, input: unknown): string {
  const found: string[] = []
  collect(shape, input, '', found)
  return `${found.length} validation error${found.length === 1 ? '' : 's'} detected: ${found.join('; ')}`
}

/** Members are named as Java names fields: a lower-case first letter, an acronym in front as a whole (`ARN` → `aRN`). */
function field(path: string, name: string): string {
  const lower = name.charAt(0).toLowerCase() + name.slice(1)
  return path === '' ? lower : `${path}.${lower}`
}

function failed(shape: Shape, value: unknown, path: string, sentence: string): string {
  const shown = shape.sensitive ? 'Value' : value === undefined ? 'Value null' : `Value '${show(value)}'`
  return `${shown} at '${path}' failed to satisfy constraint: ${sentence}`
}

/** Writes a value as Java's `toString` does. */
function show(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(show).join(', ')}]`
  if (value instanceof Uint8Array)
    return `java.nio.HeapByteBuffer[pos=0 lim=${value.length} cap=${value.length}]`
  if (value instanceof Date) return value.toUTCString()
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .map(([key, element]) => `${key}=${show(element)}`)
      .join(', ')}}`
  return String(value)
}

/** Every limit in words; AWS lists all of an element's limits, not only the broken ones. */
function sentences(limits: Constraints, numeric: boolean): string[] {
  const what = numeric ? 'value' : 'length'
  const found: string[] = []
  if (limits.max !== undefined) found.push(`Member must have ${what} less than or equal to ${limits.max}`)
  if (limits.min !== undefined) found.push(`Member must have ${what} greater than or equal to ${limits.min}`)
  if (limits.pattern !== undefined)
    found.push(`Member must satisfy regular expression pattern: ${limits.pattern}`)
  if (limits.enum !== undefined) found.push(`Member must satisfy enum value set: [${limits.enum.join(', ')}]`)
  return found
}

function broken(limits: Constraints, value: unknown): string[] {
  const size = measure(value)
  const one = (part: Partial<Constraints>): string[] =>
    sentences(
      { enum: undefined, min: undefined, max: undefined, pattern: undefined, ...part },
      typeof value === 'number',
    )
  const found: string[] = []
  if (limits.max !== undefined && size > limits.max) found.push(...one({ max: limits.max }))
  if (limits.min !== undefined && size < limits.min) found.push(...one({ min: limits.min }))
  if (limits.enum !== undefined && !limits.enum.includes(value as string))
    found.push(...one({ enum: limits.enum }))
  if (
    limits.pattern !== undefined &&
    typeof value === 'string' &&
    compilePattern(limits.pattern)?.test(value) === false
  )
    found.push(...one({ pattern: limits.pattern }))
  return found
}

/** What is wrong with a list's elements or a map's keys or values is said once, of the whole. */
function elements(shape: Shape, values: readonly unknown[]): string | undefined {
  if (shape.constraints === undefined) return undefined
  const limits = shape.constraints
  const bad = values.find(value => broken(limits, value).length > 0)
  return bad === undefined ? undefined : `[${sentences(limits, typeof bad === 'number').join(', ')}]`
}

/** `isElement`: the value's own limits were judged with those of its sisters. */
function collect(shape: Shape, value: unknown, path: string, found: string[], isElement = false): void {
  if (shape.constraints !== undefined && !isElement)
    for (const sentence of broken(shape.constraints, value)) found.push(failed(shape, value, path, sentence))
  if (shape.kind === 'structure') {
    const structure = value as Record<string, unknown>
    for (const { name, shape: inner } of shape.members) {
      const given = structure[name]
      if (given !== undefined) collect(inner, given, field(path, name), found)
      else if (shape.required.includes(name))
        found.push(failed(inner, undefined, field(path, name), 'Member must not be null'))
    }
  } else if (shape.kind === 'list') {
    const list = value as unknown[]
    const inner = shape.member.shape
    const limits = elements(inner, list)
    if (limits !== undefined)
      found.push(failed(shape, list, path, `Member must satisfy constraint: ${limits}`))
    if (inner.kind !== 'simple')
      list.forEach((element, index) => {
        collect(inner, element, `${path}.${index + 1}.member`, found, true)
      })
  } else if (shape.kind === 'map') {
    const map = value as Record<string, unknown>
    const keys = elements(shape.key.shape, Object.keys(map))
    if (keys !== undefined) found.push(failed(shape, map, path, `Map keys must satisfy constraint: ${keys}`))
    const inner = shape.value.shape
    const limits = elements(inner, Object.values(map))
    if (limits !== undefined)
      found.push(failed(shape, map, path, `Map value must satisfy constraint: ${limits}`))
    if (inner.kind !== 'simple')
      for (const [key, element] of Object.entries(map))
        collect(inner, element, `${path}.${key}.member`, found, true)
  }
}
