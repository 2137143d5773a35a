import type { Watchdog } from '../processes/watchdog.ts'
import { withWrapper } from './local-path.ts'
import { type NodeBootstrap, startNodeBootstrap } from './node-runtime.ts'
import type { Runtime, RuntimeEvents, RuntimeStart } from './runtime.ts'

/** Starts Node functions, out of a few processes that were started before anybody asked. */
export interface NodePool {
  start(start: RuntimeStart, events: RuntimeEvents): Runtime
  /** Fills the pool, so that the first function does not wait for Node. */
  warm(): void
  stop(): Promise<void>
}

/** Variables that Node, its libraries or the loader read once when a process begins: a pooled process is too late for them. */
const readAtStart = /^(?:NODE_(?!ENV$|PATH$)|UV_|LD_|DYLD_|SSL_CERT|OPENSSL_|MALLOC_)/

/** Gives the next environment's inspector an address to listen at. */
export type TakeInspector = () => { readonly address: string; readonly release: () => void } | undefined

/** Keeps `size` spare processes; `environment` is what they begin with. */
export function createNodePool(options: {
  readonly size: number
  readonly environment: Readonly<Record<string, string>>
  readonly directory: string
  readonly watchdog: Watchdog
  readonly inspect: TakeInspector
}): NodePool {
  const spares = new Set<NodeBootstrap>()
  let stopped = false
  const begin = (line: readonly string[], environment: Readonly<Record<string, string>>): NodeBootstrap =>
    startNodeBootstrap(line, environment, options.directory, options.watchdog)
  const warm = (): void => {
    while (!stopped && spares.size < options.size) {
      const spare = begin([process.execPath], options.environment)
      spares.add(spare)
      void spare.ended.then(() => spares.delete(spare))
    }
  }
  const take = (): NodeBootstrap => {
    for (const spare of spares) {
      spares.delete(spare)
      return spare
    }
    return begin([process.execPath], options.environment)
  }
  return {
    warm,
    start(start, events) {
      const inspector = options.inspect()
      const special = Object.entries(start.environment).filter(([name]) => readAtStart.test(name))
      const { prefix, inside } = start.layers
      const line = withWrapper(start.definition, start.environment, [process.execPath])
      const wrapped = line.length > 1
      if (inspector || special.length > 0 || wrapped || prefix.length > 0) {
        // A wrapper is the function's own program: it sees, and may change, all of its variables.
        const environment = wrapped
          ? start.environment
          : { ...options.environment, ...Object.fromEntries(special) }
        const bootstrap = begin(
          [...prefix, ...line.map(inside), ...(inspector ? [`--inspect=${inspector.address}`] : [])],
          environment,
        )
        if (inspector) void bootstrap.ended.then(inspector.release)
        return bootstrap.become(start, events, wrapped)
      }
      const runtime = take().become(start, events)
      // After this start, not during it: the new process would compete with it for the CPU.
      setTimeout(warm, 50).unref()
      return runtime
    },
    async stop() {
      stopped = true
      const ends = [...spares].map(spare => spare.ended)
      for (const spare of spares) spare.kill()
      await Promise.all(ends)
    },
  }
}
