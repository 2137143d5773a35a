import { mkdirSync } from 'node:fs'
import type { FunctionDefinition } from '../../ports/index.ts'
import { hostVariables, layerFolders } from '../environment-variables.ts'
import type { LambdaDependencies, LambdaLimits } from '../lambda.ts'
import type { Watchdog } from '../processes/watchdog.ts'
import { apiRuntime } from './api-runtime.ts'
import { bootstrapCommand } from './bootstrap-command.ts'
import { dotnetCommand, javaCommand, rubyCommand } from './client-commands.ts'
import { extensionFiles } from './extension-processes.ts'
import { createInterpreterFinder } from './find-interpreter.ts'
import { createInspectors } from './inspectors.ts'
import { createLayerMounts, type LayerView } from './layer-mount.ts'
import { createNodePool } from './node-pool.ts'
import { pythonCommand } from './python-command.ts'
import type { StartRuntime } from './runtime.ts'
import type { FindCommand } from './runtime-command.ts'
import { startSandbox } from './sandbox.ts'

/** Knows how each runtime is started. */
export interface Runtimes {
  startFor(definition: FunctionDefinition): StartRuntime
  layersOf(definition: FunctionDefinition): LayerView
  /** Gets ready for what these functions will need. */
  prepare(definitions: Iterable<FunctionDefinition>): void
  stop(): Promise<void>
}

export function createRuntimes(deps: LambdaDependencies, limits: LambdaLimits, watchdog: Watchdog): Runtimes {
  const { inspect, clock, ids, account } = deps
  mkdirSync(deps.temporaryDirectory, { recursive: true })
  const host = hostVariables(deps.hostEnvironment)
  const mounts = createLayerMounts(deps.log, host)
  const node = createNodePool({
    size: limits.spareProcesses,
    environment: { ...host, TZ: ':UTC', LANG: 'en_US.UTF-8' },
    directory: deps.temporaryDirectory,
    watchdog,
    inspect: createInspectors(inspect),
  })
  const facts = { watchdog, ids, clock, account }
  const find = createInterpreterFinder(host)
  const python = pythonCommand(find, deps.temporaryDirectory)
  /** By the beginning of the runtime's identifier. */
  const commands: readonly (readonly [string, FindCommand])[] = [
    ['python', python],
    ['provided', bootstrapCommand],
    ['ruby', rubyCommand(find)],
    ['java', javaCommand(find)],
    ['dotnet', dotnetCommand(find)],
  ]
  /** The framed pipe, with the Runtime API beside it for extensions and wrappers. */
  const nodeInSandbox: StartRuntime = (start, events) =>
    startSandbox(start, events, facts, async (api, inner) => {
      const environment = { ...start.environment, AWS_LAMBDA_RUNTIME_API: api.address }
      return node.start({ ...start, environment }, inner)
    })

  return {
    layersOf: definition => mounts.view(layerFolders(definition), definition.name),
    startFor(definition) {
      const { runtime, name } = definition
      if (runtime.startsWith('nodejs')) {
        const plain =
          definition.environment['AWS_LAMBDA_EXEC_WRAPPER'] === undefined &&
          extensionFiles(definition).length === 0
        return plain ? node.start : nodeInSandbox
      }
      const command = commands.find(([beginning]) => runtime.startsWith(beginning))?.[1]
      const unknown: FindCommand = async () => {
        throw new Error(
          `The runtime ${runtime} of function ${name} cannot be run here: nodejs*, python*, ruby*, java*, dotnet* and provided* can.`,
        )
      }
      return apiRuntime(command ?? unknown, facts)
    },
    prepare(definitions) {
      const looked = new Set<string>()
      for (const definition of definitions) {
        if (definition.runtime.startsWith('nodejs')) node.warm()
        else if (definition.runtime.startsWith('python') && !looked.has(definition.runtime)) {
          looked.add(definition.runtime)
          // Only to know it early; a failure is told by the first invocation.
          python(definition).catch(() => {})
        }
      }
    },
    stop: node.stop,
  }
}
