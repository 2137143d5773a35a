import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { UserError } from '../lib/index.ts'
import { readConfigFile } from './config-file.ts'
import type { Environment } from './environment.ts'
import { ConfigError, describeIssues } from './problems.ts'
import { type Config, type ConfigInput, configSchema } from './schema.ts'
import { fromEnvironment } from './settings-list.ts'

/** Where values come from: flags over environment variables over the project's file over `defaults` over the schema's. */
export interface ConfigOrigins {
  /** What relative folders start from. */
  readonly directory: string
  readonly flags?: ConfigInput
  /** How each flag was spelled, for messages: `port` → `--port`. */
  readonly flagNames?: ReadonlyMap<string, string>
  readonly environment?: Environment
  /** Weaker than the file, stronger than the schema's own. */
  readonly defaults?: ConfigInput
}

/** A configuration and what it was made from. */
export interface LoadedConfig {
  /** `project` and `data` are absolute. */
  readonly config: Config
  /** The configuration file, if there is one. */
  readonly file: string | undefined
  /** What to watch: the file and its imports. */
  readonly dependencies: readonly string[]
  /** Which keys somebody set, rather than the schema. */
  readonly given: ReadonlySet<string>
}

/** Loads the project's configuration; throws a `ConfigError` or, where the file is no program, a `UserError`. */
export async function loadConfig(origins: ConfigOrigins): Promise<LoadedConfig> {
  const { directory, flags = {}, flagNames = new Map(), environment = {}, defaults = {} } = origins
  const fromVariables = fromEnvironment(environment)
  const strong = { ...fromVariables.values, ...defined(flags) }
  const project = resolve(directory, String(strong['project'] ?? '.'))
  if (!statSync(project, { throwIfNoEntry: false })?.isDirectory())
    throw new UserError('no-such-folder', `The project folder ${project} does not exist`)
  const file = await readConfigFile(project)
  const written = file?.value ?? {}
  if (typeof written !== 'object' || written === null || Array.isArray(written)) {
    throw new ConfigError(
      describeIssues(
        [{ code: 'invalid_type', expected: 'object', path: [], message: '', input: written }],
        file,
      ),
    )
  }
  const given = { ...defined(written), ...strong }
  const names = new Map([...fromVariables.names, ...flagNames])
  const parsed = configSchema.safeParse({ ...defaults, ...given })
  if (!parsed.success) throw new ConfigError(describeIssues(parsed.error.issues, file, names))
  const config = parsed.data
  return {
    config: {
      ...config,
      project,
      // In the file a folder is relative to the project, on the command line to where the command was typed.
      ...(config.data === undefined
        ? {}
        : { data: resolve('data' in strong ? directory : project, config.data) }),
    },
    file: file?.file,
    dependencies: file?.dependencies ?? [],
    given: new Set(Object.keys(given)),
  }
}

/** The stages that are served: those configured, and `stage`, where somebody chose it or there is no other. */
export function stagesOf({
  config: { stage, stages },
}: Pick<LoadedConfig, 'config'>): Record<string, { variables?: Record<string, string> | undefined }> {
  return { [stage]: {}, ...stages }
}

function defined(values: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}
