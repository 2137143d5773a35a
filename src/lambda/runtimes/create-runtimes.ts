import { mkdirSync } from 'node:fs'
import { UserError } from '../../lib/index.ts'
import type { FunctionDefinition } from '../../ports/index.ts'
import { hostVariables } from '../environment-variables.ts'
import type { LambdaDependencies, LambdaLimits } from '../lambda.ts'
import type { Watchdog } from '../processes/watchdog.ts'
import { createNodePool } from './node-pool.ts'
import type { StartRuntime } from './runtime.ts'

/** Knows how each runtime is started. */
export interface Runtimes {
  startFor(definition: FunctionDefinition): StartRuntime
  /** Gets ready for what these functions will need. */
  prepare(definitions: Iterable<FunctionDefinition>): void
  stop(): Promise<void>
}

export function createRuntimes(deps: LambdaDependencies, limits: LambdaLimits, watchdog: Watchdog): Runtimes {
  const { inspect } = deps
  let inspected = 0
  mkdirSync(deps.temporaryDirectory, { recursive: true })
  const node = createNodePool({
    size: limits.spareProcesses,
    environment: { ...hostVariables(deps.hostEnvironment), TZ: ':UTC', LANG: 'en_US.UTF-8' },
    directory: deps.temporaryDirectory,
    watchdog,
    inspect: () =>
      inspect &&
      `${inspect.host ?? '127.0.0.1'}:${inspect.port === 0 ? 0 : (inspect.port ?? 9229) + inspected++}`,
  })
  return {
    startFor({ runtime }) {
      if (runtime.startsWith('nodejs')) return node.start
      throw new UserError('unsupported-runtime', `The runtime ${runtime} cannot be run here.`)
    },
    prepare(definitions) {
      for (const { runtime } of definitions) {
        if (!runtime.startsWith('nodejs')) continue
        node.warm()
        return
      }
    },
    stop: node.stop,
  }
}
