import { mkdirSync } from 'node:fs'
import { UserError } from '../../lib/index.ts'
import type { FunctionDefinition } from '../../ports/index.ts'
import { hostVariables } from '../environment-variables.ts'
import type { LambdaDependencies, LambdaLimits } from '../lambda.ts'
import type { Watchdog } from '../processes/watchdog.ts'
import { apiRuntime } from './api-runtime.ts'
import { createInterpreterFinder } from './find-interpreter.ts'
import { createNodePool } from './node-pool.ts'
import { pythonCommand } from './python-command.ts'
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
  const findInterpreter = createInterpreterFinder(hostVariables(deps.hostEnvironment))
  const findPython = pythonCommand(findInterpreter, deps.temporaryDirectory)
  const python = apiRuntime(findPython, watchdog)
  return {
    startFor({ runtime }) {
      if (runtime.startsWith('nodejs')) return node.start
      if (runtime.startsWith('python')) return python
      throw new UserError('unsupported-runtime', `The runtime ${runtime} cannot be run here.`)
    },
    prepare(definitions) {
      const python = new Set<string>()
      for (const definition of definitions) {
        if (definition.runtime.startsWith('nodejs')) node.warm()
        else if (definition.runtime.startsWith('python') && !python.has(definition.runtime)) {
          python.add(definition.runtime)
          // Only to know it early; a failure is told by the first invocation.
          findPython(definition).catch(() => {})
        }
      }
    },
    stop: node.stop,
  }
}
