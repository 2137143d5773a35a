import * as z from 'zod'
import type { Environment } from './environment.ts'
import { type Config, configSchema } from './schema.ts'
import { type SettingMeta, settings } from './setting.ts'
import { defaultOf, unwrap } from './walk.ts'

/** One top-level key, with what the command line needs to know of it. */
export interface Setting extends SettingMeta {
  readonly key: keyof Config
  readonly kind: 'switch' | 'number' | 'text'
  readonly default: unknown
}

/** Every top-level key in the order of the schema. */
export function listSettings(): Setting[] {
  return Object.entries(configSchema.shape).map(([key, schema]) => {
    const meta = settings.get(schema as z.ZodType) ?? { description: '' }
    return { ...meta, key: key as keyof Config, kind: kindOf(schema), default: defaultOf(schema) }
  })
}

function kindOf(schema: z.core.$ZodType): Setting['kind'] {
  const inner = unwrap(schema)
  if (inner instanceof z.ZodBoolean) return 'switch'
  // `inspect` is a switch that may also be a port.
  if (inner instanceof z.ZodUnion) return 'switch'
  return inner instanceof z.ZodNumber ? 'number' : 'text'
}

/** A raw text from a flag or a variable as the schema's type; what is no number stays a text, for the schema to refuse. */
export function readValue(kind: Setting['kind'], text: string): unknown {
  if (kind === 'switch')
    return /^(?:1|true|yes|on)$/i.test(text) ? true : /^(?:0|false|no|off|)$/i.test(text) ? false : text
  return kind === 'number' && /^-?\d+$/.test(text.trim()) ? Number(text) : text
}

/** What the environment variables say, and by which names. */
export function fromEnvironment(environment: Environment): {
  values: Record<string, unknown>
  names: Map<string, string>
} {
  const values: Record<string, unknown> = {}
  const names = new Map<string, string>()
  for (const { key, env = [], kind } of listSettings()) {
    const name = env.find(each => environment[each] !== undefined && environment[each] !== '')
    if (name === undefined) continue
    values[key] = readValue(kind, environment[name] ?? '')
    names.set(key, name)
  }
  return { values, names }
}
