import type { Cancel } from '../ports/index.ts'
import type { InvocationOutcome, StreamSink } from './environment-outcome.ts'
import { type FunctionError, reportedError, runtimeExited, timedOut } from './function-error.ts'
import type { InvocationLog } from './invocation-log.ts'
import { crashLines, timeoutLine } from './report-lines.ts'

/** One invocation between its event and its outcome: gathers what the runtime says of it. */
export class RunningInvocation {
  readonly requestId: string
  readonly log: InvocationLog
  readonly began: number
  /** Ends the wait for the timeout. */
  timer: Cancel = () => {}
  #status: InvocationOutcome['status'] = 'success'
  #response: Uint8Array | undefined
  #chunks: Uint8Array[] | undefined
  #error: FunctionError | undefined
  readonly #sink: StreamSink | undefined
  readonly #finish: (outcome: InvocationOutcome) => void

  constructor(
    requestId: string,
    log: InvocationLog,
    began: number,
    sink: StreamSink | undefined,
    finish: (outcome: InvocationOutcome) => void,
  ) {
    this.requestId = requestId
    this.log = log
    this.began = began
    this.#sink = sink
    this.#finish = finish
  }

  responded(payload: Uint8Array): void {
    this.#response = payload
  }

  streamStarted(contentType: string): void {
    if (this.#sink) this.#sink.start(contentType)
    else this.#chunks = []
  }

  streamed(chunk: Uint8Array): void {
    if (this.#sink) this.#sink.chunk(chunk)
    else this.#chunks?.push(chunk)
  }

  streamEnded(error: Uint8Array | undefined): void {
    this.#response = Buffer.concat(this.#chunks ?? [])
    if (error) this.failed(error)
  }

  failed(error: Uint8Array): void {
    this.#error = reportedError(error)
    this.#status = 'error'
  }

  /** The runtime went away; what was answered before stays the answer. */
  crashed(message: string, errorType: string): void {
    this.log.note(crashLines(this.requestId, message, errorType))
    if (this.#answered()) return
    this.#error = runtimeExited(this.requestId, message, errorType)
    this.#status = 'error'
  }

  /** The function's time is over; a response that is there already is the caller's nevertheless. */
  expired(now: number, seconds: number): void {
    this.log.note(timeoutLine(now, this.requestId, seconds))
    if (!this.#answered()) this.#error = timedOut(this.requestId, seconds)
    this.#status = 'timeout'
  }

  /** `elapsed` and `limit` in milliseconds: a function that was stopped used its whole time, and no more. */
  finish(elapsed: number, limit: number): void {
    this.timer()
    const error = this.#error
    const payload = error && !this.#chunks ? error.payload : (this.#response ?? new Uint8Array(0))
    const duration = this.#status === 'timeout' ? limit : elapsed
    this.#finish({ payload, status: this.#status, duration, ...(error && { error }) })
  }

  #answered(): boolean {
    return this.#response !== undefined || this.#error !== undefined
  }
}
