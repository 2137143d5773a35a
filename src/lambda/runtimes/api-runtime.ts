import type { Duplex } from 'node:stream'
import { peakMemory } from '../processes/process-tree.ts'
import { startProcess } from '../processes/supervised-process.ts'
import { withWrapper } from './local-path.ts'
import { readText } from './read-text.ts'
import type { StartRuntime } from './runtime.ts'
import type { FindCommand } from './runtime-command.ts'
import { type SandboxFacts, startSandbox } from './sandbox.ts'
import { telemetryReader } from './telemetry-reader.ts'

const telemetryDescriptor = 3

/** Starts any runtime that speaks the Lambda Runtime API. */
export function apiRuntime(find: FindCommand, facts: SandboxFacts): StartRuntime {
  return (start, events) =>
    startSandbox(start, events, facts, async (api, inner) => {
      const { definition } = start
      const found = await find(definition)
      const environment = {
        ...start.environment,
        ...found.environment,
        AWS_LAMBDA_RUNTIME_API: api.address,
        ...(found.telemetry && { _LAMBDA_TELEMETRY_LOG_FD: String(telemetryDescriptor) }),
      }
      const line = withWrapper(definition, environment, [found.command, ...found.arguments])
      const { prefix, inside } = start.layers
      const [command = '', ...rest] = [...prefix, ...line.map(inside)]
      const child = startProcess(
        {
          command,
          arguments: rest,
          directory: definition.codeDirectory,
          environment,
          pipes: found.telemetry ? 1 : 0,
        },
        facts.watchdog,
      )
      const telemetry = child.child.stdio[telemetryDescriptor] as Duplex | null | undefined
      telemetry?.on(
        'data',
        telemetryReader((text, time) => inner.printed(text, time)),
      )
      telemetry?.on('error', () => {})
      readText(child, text => inner.printed(text))
      void child.ended.then(exit => {
        telemetry?.destroy()
        inner.exited(exit)
      })
      return {
        pid: child.pid,
        freeze: child.freeze,
        thaw: child.thaw,
        kill: child.kill,
        terminate: child.terminate,
        memoryUsed: () => (child.pid === undefined ? 0 : peakMemory(child.pid)),
      }
    })
}
