import { type Clock, type Ids, realTime } from '../../ports/index.ts'
import type { ProcessExit, SupervisedProcess } from '../processes/supervised-process.ts'
import type { Watchdog } from '../processes/watchdog.ts'
import { createExtensionHost } from './extension-host.ts'
import { extensionFiles, startExtensions } from './extension-processes.ts'
import type { Runtime, RuntimeEvents, RuntimeStart } from './runtime.ts'
import { openRuntimeApi, type RuntimeApi } from './runtime-api.ts'

/** What every sandbox needs. */
export interface SandboxFacts {
  readonly watchdog: Watchdog
  readonly ids: Ids
  readonly clock: Clock
  readonly account: string
}

/** The runtime inside a sandbox; its end is told by `RuntimeEvents.exited`. */
export type InnerRuntime = Pick<Runtime, 'pid' | 'freeze' | 'thaw' | 'kill' | 'memoryUsed'> & {
  /** Absent: events are handed out by the Runtime API. */
  readonly invoke?: Runtime['invoke']
  terminate?(): void
}

/** AWS gives extensions two seconds to end, of which the runtime has the first 300 ms. */
const shutdownTime = 2000

/**
 * Everything that one execution environment runs behind its Runtime API: the extensions first, then the runtime.
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
export function startSandbox(
  start: RuntimeStart,
  events: RuntimeEvents,
  facts: SandboxFacts,
  startInner: (api: RuntimeApi, inner: RuntimeEvents) => Promise<InnerRuntime>,
): Runtime {
  let api: RuntimeApi | undefined
  let inner: InnerRuntime | undefined
  let extensions: SupervisedProcess[] = []
  let over = false
  let ending = false
  let ended: () => void = () => {}
  const gone = new Promise<void>(resolve => {
    ended = resolve
  })

  const everything = (): (InnerRuntime | SupervisedProcess)[] => [...(inner ? [inner] : []), ...extensions]
  const kill = (): void => {
    ending = true
    for (const each of everything()) each.kill()
  }
  const finish = async (exit: ProcessExit): Promise<void> => {
    if (over) return
    over = true
    kill()
    api?.close()
    await Promise.all(extensions.map(extension => extension.ended))
    events.exited(exit)
    ended()
  }
  const crash = (errorType: string, message: string): void => {
    if (!ending) void finish({ kind: 'extension', errorType, message })
  }
  const host = createExtensionHost({
    definition: start.definition,
    version: start.environment['AWS_LAMBDA_FUNCTION_VERSION'] ?? '$LATEST',
    account: start.definition.scope?.account ?? facts.account,
    ids: facts.ids,
    failed: crash,
  })
  const innerEvents: RuntimeEvents = {
    ...forward(events),
    ready: restless => host.whenIdle(() => events.ready(restless)),
    exited: exit => void finish(exit),
  }

  const begin = async (): Promise<void> => {
    api = await openRuntimeApi(innerEvents, host.routes)
    const files = extensionFiles(start.definition)
    if (files.length > 0) {
      const names = files.map(file => file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1))
      const registered = host.registered(names)
      extensions = startExtensions(
        files,
        start,
        api.address,
        facts.watchdog,
        text => events.printed(text),
        crash,
      )
      await registered
    }
    if (over || ending) return
    inner = await startInner(api, innerEvents)
    if (ending) inner.kill()
  }
  begin().then(
    () => {
      if (!inner) void finish({ kind: 'signal', signal: 'killed' })
    },
    (cause: unknown) =>
      finish({ kind: 'unstartable', cause: cause instanceof Error ? cause : new Error(String(cause)) }),
  )

  return {
    get pid() {
      return inner?.pid
    },
    invoke(invocation) {
      host.invoke(invocation)
      if (inner?.invoke) inner.invoke(invocation)
      else api?.invoke(invocation)
    },
    freeze: () => {
      for (const each of everything()) each.freeze()
    },
    thaw: () => {
      for (const each of everything()) each.thaw()
    },
    kill,
    memoryUsed: () => inner?.memoryUsed() ?? 0,
    async shutdown(reason) {
      ending = true
      const told = over ? 0 : host.shutdown(reason, realTime() + shutdownTime)
      if (told > 0) {
        inner?.terminate?.()
        const late = new Promise<void>(resolve => facts.clock.deadline(shutdownTime, resolve))
        await Promise.race([Promise.all(extensions.map(extension => extension.ended)), late])
      }
      if (!inner) void finish({ kind: 'signal', signal: 'killed' })
      kill()
      await gone
    },
  }
}

/** The same events, bound, so that some of them can be replaced. */
function forward(events: RuntimeEvents): RuntimeEvents {
  return {
    ready: restless => events.ready(restless),
    initFailed: error => events.initFailed(error),
    responded: payload => events.responded(payload),
    streamStarted: contentType => events.streamStarted(contentType),
    streamed: chunk => events.streamed(chunk),
    streamEnded: error => events.streamEnded(error),
    failed: error => events.failed(error),
    printed: (text, time) => events.printed(text, time),
    debuggerListening: url => events.debuggerListening(url),
    debuggerAttached: () => events.debuggerAttached(),
    exited: exit => events.exited(exit),
  }
}
