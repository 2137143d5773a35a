import { type Cancel, type Clock, type FunctionDefinition, realTime } from '../ports/index.ts'
import type { InitOutcome, InvocationOutcome, StreamSink } from './environment-outcome.ts'
import type { InitializationType } from './environment-variables.ts'
import { type FunctionError, reportedError, runtimeExited } from './function-error.ts'
import { InvocationLog } from './invocation-log.ts'
import { type PlatformLines, platformLines } from './platform-lines.ts'
import { exitErrorType, exitMessage } from './processes/exit-message.ts'
import { descendantsOf, residentBytes } from './processes/process-tree.ts'
import type { ProcessExit } from './processes/supervised-process.ts'
import { RunningInvocation } from './running-invocation.ts'
import type { LayerView } from './runtimes/layer-mount.ts'
import type { Runtime, RuntimeEvents, RuntimeInvocation, StartRuntime } from './runtimes/runtime.ts'

/** What an execution environment needs from the one that made it. */
export interface EnvironmentOptions {
  readonly definition: FunctionDefinition
  readonly version: string
  readonly logStream: string
  readonly variables: Readonly<Record<string, string>>
  readonly temporaryDirectory: string
  readonly startRuntime: StartRuntime
  readonly layers: LayerView
  readonly clock: Clock
  readonly region: string
  readonly initialization: InitializationType
  /** Stops the processes between invocations. */
  readonly freeze: boolean
  readonly debuggerListening: (url: string) => void
}

/** One look at an environment's memory in so many searches its whole process tree. */
const looksPerSearch = 5

/**
 * One sandbox with one function in it: initialised once, invoked by one caller at a time, frozen in between.
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
export class ExecutionEnvironment implements RuntimeEvents {
  readonly definition: FunctionDefinition
  readonly version: string
  readonly logStream: string
  readonly temporaryDirectory: string
  readonly initLog: InvocationLog
  /** Milliseconds; undefined until the init phase is over, and once an invocation has reported it. */
  initDuration: number | undefined
  /** What the init phase printed has been handed on. */
  initTold = false
  /** In the simulator's time. */
  idleSince = 0
  /** In real, monotonic time. */
  restedSince = 0
  /** In real, monotonic time; undefined while nobody has it. */
  leasedAt: number | undefined
  /** Kept ready whether somebody calls or not. */
  provisioned: boolean
  ended = false
  readonly #options: EnvironmentOptions
  readonly #lines: PlatformLines
  #runtime: Runtime
  #began: number
  #initialised: ((outcome: InitOutcome) => void) | undefined
  #initTimer: Cancel = () => {}
  #current: RunningInvocation | undefined
  #ready = false
  #frozen = false
  #restless = false
  #debugged = false
  #killedFor: 'timeout' | 'memory' | undefined
  #printed = 0
  #memory = 0
  #looks = 0
  #processes: readonly number[] = []

  constructor(options: EnvironmentOptions) {
    this.#options = options
    this.#lines = platformLines(options.definition, () => options.clock.now(), options.initialization)
    this.definition = options.definition
    this.version = options.version
    this.provisioned = options.initialization === 'provisioned-concurrency'
    this.logStream = options.logStream
    this.temporaryDirectory = options.temporaryDirectory
    this.initLog = new InvocationLog(() => options.clock.now())
    this.initLog.note(this.#lines.initStart(this.definition.runtime, options.region))
    this.#began = options.clock.elapsed()
    this.#runtime = options.startRuntime(
      {
        definition: options.definition,
        environment: options.variables,
        temporaryDirectory: options.temporaryDirectory,
        layers: options.layers,
      },
      this,
    )
  }

  /** Waits for the init phase, for at most `limit` real milliseconds. */
  initialise(limit: number): Promise<InitOutcome> {
    return new Promise(resolve => {
      this.#initialised = resolve
      const expire = (): void => {
        if (this.#debugged) return
        this.#endInit({ kind: 'timeout' }, this.#lines.initReport(limit, 'timeout'))
        this.#killedFor = 'timeout'
        this.#runtime.kill()
      }
      this.#initTimer = this.#options.clock.deadline(limit, expire)
    })
  }

  /** Runs one event; never rejects. `timeout` is in real milliseconds. */
  invoke(
    invocation: RuntimeInvocation,
    log: InvocationLog,
    timeout: number,
    stream?: StreamSink,
  ): Promise<InvocationOutcome> {
    return new Promise(finish => {
      this.#ready = false
      const began = this.#options.clock.elapsed()
      const current = new RunningInvocation(invocation.requestId, log, began, stream, finish)
      this.#current = current
      current.timer = this.#options.clock.deadline(timeout, () => this.#expire())
      this.#thaw()
      this.#runtime.invoke(invocation)
    })
  }

  get state(): 'starting' | 'idle' | 'busy' {
    if (this.#initialised) return 'starting'
    return this.#current ? 'busy' : 'idle'
  }

  /** Most memory that its processes used, in bytes. */
  memoryUsed(): number {
    return Math.max(this.#memory, this.#runtime.memoryUsed())
  }

  /** Ends the environment when its processes use more than the function may. */
  checkMemory(): void {
    const { pid } = this.#runtime
    // What is frozen does not grow.
    if (pid === undefined || this.ended || this.#killedFor || this.#frozen) return
    // Children are looked for now and then: that takes twenty times as long as reading how large the known ones are.
    if (this.#looks++ % looksPerSearch === 0) this.#processes = [pid, ...descendantsOf(pid)]
    const used = residentBytes(this.#processes)
    this.#memory = Math.max(this.#memory, used)
    if (used <= this.definition.memorySize * 1024 * 1024) return
    this.#killedFor = 'memory'
    this.#runtime.kill()
  }

  /**
   * Stops its processes until the next event. Stopping and continuing costs more than a short invocation, so an
   * environment that has nothing to do anyway is only frozen once it has been idle for a moment.
   */
  freeze(): void {
    if (this.#frozen || !this.#options.freeze || this.ended || this.#debugged || this.#current) return
    this.#frozen = true
    this.#runtime.freeze()
  }

  /** Ends all its processes. */
  async stop(reason: 'spindown' | 'timeout' | 'failure' = 'spindown'): Promise<void> {
    this.#thaw()
    await this.#runtime.shutdown(reason)
  }

  ready(restless = false): void {
    this.#ready = true
    this.#restless = restless
    if (this.#initialised) this.#endInit({ kind: 'ready' })
    else if (this.#current) this.#afterOutput(() => this.#finish())
  }

  initFailed(error: Uint8Array): void {
    const reported = reportedError(error)
    this.#failInit(() => reported, reported.errorType)
  }

  responded(payload: Uint8Array): void {
    this.#current?.responded(payload)
  }

  streamStarted(contentType: string): void {
    this.#current?.streamStarted(contentType)
  }

  streamed(chunk: Uint8Array): void {
    this.#current?.streamed(chunk)
  }

  streamEnded(error?: Uint8Array): void {
    this.#current?.streamEnded(error)
  }

  failed(error: Uint8Array): void {
    this.#current?.failed(error)
  }

  printed(text: string, time?: number): void {
    this.#printed++
    const log = this.#current?.log ?? this.initLog
    if (time === undefined) log.print(text)
    // Processes know the real time only.
    else log.add(text, time + this.#options.clock.now() - realTime())
  }

  debuggerListening(url: string): void {
    this.#options.debuggerListening(url)
  }

  debuggerAttached(): void {
    this.#debugged = true
  }

  exited(exit: ProcessExit): void {
    this.ended = true
    const message = exitMessage(exit)
    const errorType = this.#killedFor === 'memory' ? 'Runtime.OutOfMemory' : exitErrorType(exit)
    if (this.#initialised) this.#failInit(id => runtimeExited(id, message, errorType), errorType)
    if (this.#killedFor !== 'timeout') this.#current?.crashed(message, errorType)
    this.#finish()
  }

  #expire(): void {
    if (!this.#current || this.#ready || this.#debugged) return
    this.#current.expired(this.#options.clock.now(), this.definition.timeout)
    this.#killedFor = 'timeout'
    this.#runtime.kill()
  }

  /** `report` is written behind what the function printed. */
  #endInit(outcome: InitOutcome, report?: string): void {
    const resolve = this.#initialised
    if (!resolve) return
    this.#initialised = undefined
    this.#initTimer()
    this.initDuration = this.#options.clock.elapsed() - this.#began
    this.#afterOutput(() => {
      if (report !== undefined) this.initLog.note(report)
      resolve(outcome)
    })
  }

  #failInit(error: (requestId: string) => FunctionError, errorType: string): void {
    if (!this.#initialised) return
    const duration = this.#options.clock.elapsed() - this.#began
    this.#endInit({ kind: 'failed', error }, this.#lines.initReport(duration, 'error', errorType))
    this.#runtime.kill()
  }

  #finish(): void {
    const current = this.#current
    if (!current) return
    this.#current = undefined
    if (this.#restless) this.freeze()
    current.finish(this.#options.clock.elapsed() - current.began, this.definition.timeout * 1000)
  }

  #thaw(): void {
    if (!this.#frozen) return
    this.#frozen = false
    this.#runtime.thaw()
  }

  /**
   * Output travels over pipes of its own. What was written before the runtime spoke is readable by now, so it has been
   * read after the first turn of the event loop in which nothing came.
   */
  #afterOutput(run: () => void): void {
    const before = this.#printed
    setImmediate(() => {
      if (this.#printed === before) run()
      else this.#afterOutput(run)
    })
  }
}
