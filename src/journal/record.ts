import type { JournalKind } from '../ports/index.ts'

/** What one stage of a record saw and made. */
export interface JournalStage {
  readonly name: string
  /** Milliseconds since the record was opened. */
  readonly at: number
  readonly detail: unknown
}

/** One request, invocation, call of a service or event, as the journal keeps it. */
export interface JournalRecord {
  /** For a request on a door, the value of its `x-lambdarium-trace` header. */
  readonly id: string
  readonly kind: JournalKind
  /** The id of the record that led to this one. */
  readonly cause?: string
  /** The simulator's time at the opening, milliseconds since 1970. */
  readonly time: number
  /** What it is about: `method` and `path` of a request, `function` of an invocation … */
  readonly subject: Readonly<Record<string, unknown>>
  readonly stages: readonly JournalStage[]
  /** How it ended (`status`, `error` …); absent while it is still open. */
  readonly outcome?: Readonly<Record<string, unknown>>
  /** Real milliseconds from opening to end; absent while it is still open. */
  readonly duration?: number
}

/** Which records are wanted: every key given must match. */
export interface JournalFilter {
  readonly kind?: JournalKind
  readonly id?: string
  readonly cause?: string
  /** A record's id: it and everything that it led to, directly or not. */
  readonly trace?: string
  /** Not older than this, milliseconds since 1970 of the simulator's time. */
  readonly since?: number
  /** The newest so many. */
  readonly limit?: number
  /** Any member of the subject or the outcome, `function`, `method`, `path`, `status` …; numbers match their text. */
  readonly [member: string]: unknown
}

const own: ReadonlySet<string> = new Set(['kind', 'id', 'cause', 'trace', 'since', 'limit'])

/** Whether a record is one of those that `filter` asks for, `trace` and `limit` aside. */
export function matchesFilter(record: JournalRecord, filter: JournalFilter): boolean {
  if (filter.kind !== undefined && record.kind !== filter.kind) return false
  if (filter.id !== undefined && record.id !== filter.id) return false
  if (filter.cause !== undefined && record.cause !== filter.cause) return false
  if (filter.since !== undefined && record.time < filter.since) return false
  for (const [member, wanted] of Object.entries(filter)) {
    if (own.has(member) || wanted === undefined) continue
    const value = record.outcome?.[member] ?? record.subject[member]
    if (value === undefined || String(value) !== String(wanted)) return false
  }
  return true
}
