import { type LoadedConfig, stagesOf } from '../config/index.ts'
import type { Logger } from '../ports/index.ts'
import type { ProjectOptions } from '../project/index.ts'
import type { TemplateEngine } from '../vtl/index.ts'

/** What the control plane is told of a configuration. */
export function projectOptions(
  loaded: LoadedConfig,
  engine: TemplateEngine,
  buildDirectory: string,
  log: Logger,
): ProjectOptions {
  const { config } = loaded
  return {
    directory: config.project,
    engine,
    stages: stagesOf(loaded),
    functions: config.functions,
    lambdaDefaults: config.functionDefaults,
    account: config.account,
    region: config.region,
    placeholders: config.placeholders,
    integrationTimeout: config.integrationTimeout,
    cors: config.cors,
    basePath: config.basePath,
    buildDirectory,
    watchAlso: loaded.dependencies,
    log,
  }
}
