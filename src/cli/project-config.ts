import { currentEnvironment, type LoadedConfig, loadConfig } from '../config/index.ts'
import { configFromFlags } from './config-flags.ts'
import type { Given } from './flag.ts'

/** The configuration of the project that a command is about: flags over variables over its file. */
export function projectConfig(given: Given, overrides: object = {}): Promise<LoadedConfig> {
  const { values, names } = configFromFlags(given)
  return loadConfig({
    directory: process.cwd(),
    flags: { ...overrides, ...values },
    flagNames: names,
    environment: currentEnvironment(),
  })
}
