export { type Config, ConfigError, type ConfigInput, defineConfig } from './config/index.ts'
export type { JournalFilter, JournalRecord, JournalStage, OutboxMessage } from './journal/index.ts'
export { UserError } from './lib/index.ts'
export type { Duration, Logger } from './ports/index.ts'
export { ProjectError } from './project/index.ts'
export {
  type ClientConfig,
  createSimulator,
  type InvokeOptions,
  type InvokeResult,
  type Simulator,
  type SimulatorOptions,
} from './simulator.ts'
