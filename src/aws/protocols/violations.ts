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
  const shown = shape.sensitive
    ? 'Value'
    : value === undefined
      ? 'Value null'
      : `Value '${show(value, shape)}'`
  return `${shown} at '${path}' failed to satisfy constraint: ${sentence}`
}

const isDouble = (shape: Shape | undefined): boolean =>
  shape?.kind === 'simple' && (shape.type === 'double' || shape.type === 'float')

/** Java writes a whole double as `1.0`. */
const showNumber = (value: number, double: boolean): string =>
  double && Number.isInteger(value) ? value.toFixed(1) : String(value)

/** Writes a value as Java's `toString` does. */
function show(value: unknown, shape?: Shape): string {
  const inner =
    shape?.kind === 'list' ? shape.member.shape : shape?.kind === 'map' ? shape.value.shape : undefined
  if (Array.isArray(value)) return `[${value.map(element => show(element, inner)).join(', ')}]`
  if (value instanceof Uint8Array)
    return `java.nio.HeapByteBuffer[pos=0 lim=${value.length} cap=${value.length}]`
  if (value instanceof Date) return value.toUTCString()
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .map(([key, element]) => `${key}=${show(element, inner)}`)
      .join(', ')}}`
  return typeof value === 'number' ? showNumber(value, isDouble(shape)) : String(value)
}

/** Every limit in words; AWS lists all of an element's limits, not only the broken ones. */
function sentences(limits: Constraints, numeric: boolean, double: boolean): string[] {
  const what = numeric ? 'value' : 'length'
  const shown = (limit: number): string => showNumber(limit, double)
  const found: string[] = []
  if (limits.max !== undefined)
    found.push(`Member must have ${what} less than or equal to ${shown(limits.max)}`)
  if (limits.min !== undefined)
    found.push(`Member must have ${what} greater than or equal to ${shown(limits.min)}`)
  if (limits.pattern !== undefined)
    found.push(`Member must satisfy regular expression pattern: ${limits.pattern}`)
  if (limits.enum !== undefined) found.push(`Member must satisfy enum value set: [${limits.enum.join(', ')}]`)
  return found
}

function broken(limits: Constraints, value: unknown, double: boolean): string[] {
  const size = measure(value)
  const one = (part: Partial<Constraints>): string[] =>
    sentences(
      { enum: undefined, min: undefined, max: undefined, pattern: undefined, saysNotNull: false, ...part },
      typeof value === 'number',
      double,
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
function elements(shape: Shape, values: readonly unknown[], areKeys = false): string | undefined {
  if (shape.constraints === undefined) return undefined
  const limits = shape.constraints
  const double = isDouble(shape)
  const bad = values.find(value => broken(limits, value, double).length > 0)
  if (bad === undefined) return undefined
  const all = sentences(limits, typeof bad === 'number', double)
  if (limits.saysNotNull && !areKeys) all.push('Member must not be null')
  return `[${all.join(', ')}]`
}

/** `isElement`: the value's own limits were judged with those of its sisters. */
function collect(shape: Shape, value: unknown, path: string, found: string[], isElement = false): void {
  if (shape.constraints !== undefined && !isElement)
    for (const sentence of broken(shape.constraints, value, isDouble(shape)))
      found.push(failed(shape, value, path, sentence))
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
    const keys = elements(shape.key.shape, Object.keys(map), true)
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
