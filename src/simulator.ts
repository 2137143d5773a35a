import { type ConfigInput, currentEnvironment, loadConfig } from './config/index.ts'
import { type OpenOptions, openSimulator } from './simulator/open-simulator.ts'
import type { Simulator } from './simulator/opened.ts'

export { checkState } from './simulator/check-state.ts'
export { openSimulator } from './simulator/open-simulator.ts'
export type {
  ClientConfig,
  InvokeOptions,
  InvokeResult,
  OpenedSimulator,
  Simulator,
} from './simulator/opened.ts'
export { projectOptions } from './simulator/project-options.ts'
export type { ReloadEvent } from './simulator/reload.ts'
export { templateEngine } from './simulator/template-engine.ts'

/** What `createSimulator` takes: every key of the configuration, which is stronger than the project's own file. */
export interface SimulatorOptions extends ConfigInput {
  /** Receives what the command line would log; nothing is printed without it. */
  readonly log?: OpenOptions['log']
}

const silent: OpenOptions['log'] = { debug() {}, info() {}, warn() {}, error() {} }

/**
 * Starts a simulator in this process, for tests: nothing is kept, both doors take free ports, files are not watched
 * and nothing is printed, unless the options say otherwise. The environment variables that configure the command line
 * are not read. Throws a `UserError`, `ConfigError` or `ProjectError` where the project cannot be served.
 *
 * ```ts
 * const simulator = await createSimulator({ project: './my-api' })
 * await request(simulator.api).get('/dev/greeting?name=Ada').expect(200)
 * await simulator.stop()
 * ```
 */
export async function createSimulator({
  log = silent,
  ...config
}: SimulatorOptions = {}): Promise<Simulator> {
  const inProcess = { ephemeral: config.data === undefined, port: 0, awsPort: 0, watch: false }
  const loaded = await loadConfig({ directory: process.cwd(), flags: { ...inProcess, ...config } })
  return openSimulator(loaded, { log, environment: currentEnvironment() })
}
