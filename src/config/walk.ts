import * as z from 'zod'
import { settings } from './setting.ts'

/** The schema inside optional and default wrappers. */
export function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  let inner = schema
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodDefault) inner = inner.unwrap()
  return inner
}

/** What the reference page says of the key at `path`, if it has a line of its own. */
export function descriptionAt(
  schema: z.core.$ZodType,
  path: readonly (string | number)[],
): string | undefined {
  const [key, ...rest] = path
  if (key === undefined) return settings.get(schema as z.ZodType)?.description
  const inner = unwrap(schema)
  const member = inner instanceof z.ZodObject ? (inner.shape[key] as z.core.$ZodType | undefined) : undefined
  return member === undefined ? undefined : descriptionAt(member, rest)
}

/** The keys that an object at `path` may have, for the nearest name; of a union, those of all its objects. */
export function keysAt(schema: z.core.$ZodType, path: readonly (string | number)[]): string[] {
  const inner = unwrap(schema)
  const [key, ...rest] = path
  if (inner instanceof z.ZodUnion) {
    const all = inner.options.flatMap((option: z.core.$ZodType) => keysAt(option, path))
    return [...new Set(all)]
  }
  if (key === undefined) return inner instanceof z.ZodObject ? Object.keys(inner.shape) : []
  if (inner instanceof z.ZodArray) return keysAt(inner.element, rest)
  if (inner instanceof z.ZodRecord) return keysAt(inner.valueType, rest)
  if (inner instanceof z.ZodObject) {
    const member = inner.shape[key] as z.core.$ZodType | undefined
    return member === undefined ? [] : keysAt(member, rest)
  }
  return []
}

/** Where a schema's value has a default, that default. */
export function defaultOf(schema: z.core.$ZodType): unknown {
  return schema instanceof z.ZodDefault ? schema.def.defaultValue : undefined
}
