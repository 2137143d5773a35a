import type { Duplex } from 'node:stream'
import { peakMemory } from '../processes/process-tree.ts'
import { type ProcessExit, type SupervisedProcess, startProcess } from '../processes/supervised-process.ts'
import type { Watchdog } from '../processes/watchdog.ts'
import { readText } from './read-text.ts'
import type { Runtime, RuntimeEvents, StartRuntime } from './runtime.ts'
import { openRuntimeApi, type RuntimeApi } from './runtime-api.ts'
import type { FindCommand } from './runtime-command.ts'
import { telemetryReader } from './telemetry-reader.ts'

const telemetryDescriptor = 3

/** Starts any runtime that speaks the Lambda Runtime API. */
export function apiRuntime(find: FindCommand, watchdog: Watchdog): StartRuntime {
  return (start, events) => {
    let api: RuntimeApi | undefined
    let child: SupervisedProcess | undefined
    let killed = false
    const begin = async (): Promise<ProcessExit> => {
      try {
        const command = await find(start.definition)
        api = await openRuntimeApi(events, () => false)
        if (killed) return { kind: 'signal', signal: 'killed' }
        child = startProcess(
          {
            command: command.command,
            arguments: command.arguments,
            directory: start.definition.codeDirectory,
            environment: {
              ...start.environment,
              ...command.environment,
              AWS_LAMBDA_RUNTIME_API: api.address,
              ...(command.telemetry && { _LAMBDA_TELEMETRY_LOG_FD: String(telemetryDescriptor) }),
            },
            pipes: command.telemetry ? 1 : 0,
          },
          watchdog,
        )
        return await follow(child, events)
      } catch (error) {
        return { kind: 'unstartable', cause: error instanceof Error ? error : new Error(String(error)) }
      } finally {
        api?.close()
      }
    }
    const ended = begin().then(exit => events.exited(exit))
    const kill = (): void => {
      killed = true
      child?.kill()
    }
    return {
      get pid() {
        return child?.pid
      },
      invoke: invocation => api?.invoke(invocation),
      freeze: () => child?.freeze(),
      thaw: () => child?.thaw(),
      kill,
      memoryUsed: () => (child?.pid === undefined ? 0 : peakMemory(child.pid)),
      async shutdown() {
        kill()
        await ended
      },
    } satisfies Runtime
  }
}

/** Hands on what a process prints until it ends. */
function follow(child: SupervisedProcess, events: RuntimeEvents): Promise<ProcessExit> {
  const telemetry = child.child.stdio[telemetryDescriptor] as Duplex | null | undefined
  telemetry?.on(
    'data',
    telemetryReader((text, time) => events.printed(text, time)),
  )
  telemetry?.on('error', () => {})
  readText(child, text => events.printed(text))
  return child.ended.finally(() => telemetry?.destroy())
}
