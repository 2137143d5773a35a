export { type ConfigFile, configFileNames, readConfigFile } from './config-file.ts'
export { type DataLock, lockData, type RunningSimulator, runningSimulator } from './data-lock.ts'
export {
  currentEnvironment,
  type Environment,
  type TerminalPreferences,
  terminalPreferences,
} from './environment.ts'
export { type ConfigOrigins, type LoadedConfig, loadConfig, stagesOf } from './load-config.ts'
export { packageVersion } from './package-version.ts'
export { ConfigError } from './problems.ts'
export { type Config, type ConfigInput, defineConfig, type TriggerConfig } from './schema.ts'
export { listSettings, readValue, type Setting } from './settings-list.ts'
