/** What a journal record is about. */
export type JournalKind = 'request' | 'invocation' | 'call' | 'event'

/** One open record of the journal: stages are added while the work goes on, `finish` closes it. */
export interface JournalEntry {
  /** The record's id; for a request on a door it is the value of `x-lambdarium-trace`. */
  readonly id: string
  /** Adds what one stage saw and made. `detail` is kept by reference: give it something that nobody changes later. */
  stage(name: string, detail: unknown): void
  /** Adds what one stage saw as bytes, which are copied; `read` makes the detail of them when somebody looks. */
  bytes(name: string, bytes: Uint8Array, read: (bytes: Uint8Array) => unknown): void
  /** Closes the record with its outcome (status, error, duration …). */
  finish(outcome: Readonly<Record<string, unknown>>): void
}

/** One record per request, invocation, call of a service and event, each with its cause. */
export interface Journal {
  /** Opens a record; `cause` is the id of the record that led to it. */
  begin(kind: JournalKind, subject: Readonly<Record<string, unknown>>, cause?: string): JournalEntry
  /** 16 hexadecimal digits that stand for a record of this journal: the `Parent` of a trace header. */
  spanOf(id: string): string
  /** The record that a trace header names as its parent; undefined where it is none of this journal. */
  causeOf(traceHeader: string | undefined): string | undefined
}
