import type { FunctionDefinition } from '../../ports/index.ts'
import type { ProcessExit } from '../processes/supervised-process.ts'
import type { LayerView } from './layer-mount.ts'

/** One event on its way to a runtime. */
export interface RuntimeInvocation {
  readonly requestId: string
  /** The event as JSON. */
  readonly payload: Uint8Array
  /** Real milliseconds since 1970 at which the function is stopped. */
  readonly deadline: number
  readonly arn: string
  readonly traceId?: string
  /** JSON. */
  readonly clientContext?: string
  /** JSON as `Lambda-Runtime-Cognito-Identity` carries it. */
  readonly cognitoIdentity?: string
}

/** What a runtime says. */
export interface RuntimeEvents {
  /** It asks for an event: initialised, or done with the last one. `restless`: it has other work to do meanwhile. */
  ready(restless?: boolean): void
  initFailed(error: Uint8Array): void
  responded(payload: Uint8Array): void
  /** The response will come in chunks. */
  streamStarted(contentType: string): void
  streamed(chunk: Uint8Array): void
  /** `error` is JSON. */
  streamEnded(error?: Uint8Array): void
  failed(error: Uint8Array): void
  /** Something was printed; `time` (real milliseconds since 1970) is set for a whole record of the console. */
  printed(text: string, time?: number): void
  /** A debugger may come: `ws://…`. */
  debuggerListening(url: string): void
  /** A debugger came. */
  debuggerAttached(): void
  exited(exit: ProcessExit): void
}

/** A running runtime with one function in it. */
export interface Runtime {
  readonly pid: number | undefined
  invoke(invocation: RuntimeInvocation): void
  freeze(): void
  thaw(): void
  kill(): void
  /** Lets extensions hear of the end, then ends everything; resolves when no process is left. */
  shutdown(reason: 'spindown' | 'timeout' | 'failure'): Promise<void>
  /** Most memory used so far, in bytes. */
  memoryUsed(): number
}

/** What a runtime begins with. */
export interface RuntimeStart {
  readonly definition: FunctionDefinition
  readonly environment: Readonly<Record<string, string>>
  /** The execution environment's own folder. */
  readonly temporaryDirectory: string
  readonly layers: LayerView
}

/** Starts a function's runtime. */
export type StartRuntime = (start: RuntimeStart, events: RuntimeEvents) => Runtime
