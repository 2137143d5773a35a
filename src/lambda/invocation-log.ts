/** One line or record of a function's log. */
export interface LogRecord {
  /** Milliseconds since 1970. */
  readonly time: number
  /** Ends with a line break. */
  readonly message: string
}

/** More than this of one invocation's output is counted instead of kept: 100 MB of prints must not fill the simulator. */
const most = 6 * 1024 * 1024

/** A log event has a megabyte at most: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
const longestLine = 1_048_576 - 26

/** Collects what one invocation, or one init phase, prints. */
export class InvocationLog {
  readonly records: LogRecord[] = []
  #line = ''
  #size = 0
  #dropped = 0
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  /** Adds a line of Lambda's own, which is never dropped. */
  note(message: string): void {
    this.#flush()
    if (message !== '') this.records.push({ time: this.#now(), message })
  }

  /** Adds a whole record of the function's, ending with a line break. */
  add(message: string, time = this.#now()): void {
    this.#flush()
    this.#keep(message, time)
  }

  /** Adds raw output: each line becomes a record, but for empty ones (recorded: LocalStack's test_multi_line_prints). */
  print(text: string): void {
    const whole = this.#line + text
    const end = whole.lastIndexOf('\n') + 1
    if (end > 0) {
      const time = this.#now()
      let from = 0
      for (let at = whole.indexOf('\n'); at !== -1; at = whole.indexOf('\n', from)) {
        if (at > from) this.#keep(whole.slice(from, at + 1), time)
        from = at + 1
      }
    }
    this.#line = whole.slice(end)
    // A line that never ends is cut, or it would be joined anew with every chunk.
    if (this.#line.length > longestLine) {
      this.#keep(this.#line, this.#now())
      this.#line = ''
    }
  }

  /** What was printed, as one text. */
  text(): string {
    this.#flush()
    return this.records.map(record => record.message).join('')
  }

  /** Ends a line that was begun, and says how much is missing. */
  close(): void {
    this.#flush()
    if (this.#dropped === 0) return
    const message = `[${this.#dropped} more bytes of output were dropped: one invocation may log ${most} bytes here]\n`
    this.#dropped = 0
    this.records.push({ time: this.#now(), message })
  }

  #flush(): void {
    if (this.#line === '') return
    const line = this.#line
    this.#line = ''
    this.#keep(`${line}\n`, this.#now())
  }

  #keep(message: string, time: number): void {
    this.#size += message.length
    if (this.#size > most) this.#dropped += message.length
    else this.records.push({ time, message })
  }
}
