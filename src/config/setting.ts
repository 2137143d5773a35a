import * as z from 'zod'

/** What a key of the configuration is besides its type; flags, `--help` and the reference page are made from it. */
export interface SettingMeta {
  /** One sentence. */
  readonly description: string
  /** How the command line spells it: `--port NUMBER`; `--no-watch` for a switch that is on by default. */
  readonly flag?: string
  /** Environment variables that set it, the strongest first. */
  readonly env?: readonly string[]
  /** Its default in words, where that is not a plain value. */
  readonly defaultText?: string
  /** Whether a change of the file takes effect without a restart. */
  readonly live?: boolean
}

/** Where the schema's keys are described. */
export const settings = z.registry<SettingMeta>()

/** Attaches what the command line and the documentation say to one key of the schema. */
export function setting<Schema extends z.ZodType>(schema: Schema, meta: SettingMeta): Schema {
  settings.add(schema as z.ZodType, meta)
  return schema
}
