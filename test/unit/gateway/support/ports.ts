import type { Activity, Clock, Ids, Journal, JournalEntry, Logger } from '../../../../src/ports/index.ts'

/** The real clock; tests that need another time wrap it. */
export const realClock: Clock = {
  now: () => Date.now(),
  after: (milliseconds, run) => {
    const timer = setTimeout(run, milliseconds)
    return () => clearTimeout(timer)
  },
  elapsed: () => performance.now(),
  deadline: (milliseconds, run) => {
    const timer = setTimeout(run, milliseconds)
    return () => clearTimeout(timer)
  },
}

/** What one journal record was told. */
export interface RecordedEntry {
  readonly id: string
  readonly subject: Readonly<Record<string, unknown>>
  readonly stages: { name: string; detail: unknown }[]
  outcome?: Readonly<Record<string, unknown>>
}

/** A journal that keeps everything, for assertions. */
export function memoryJournal(): Journal & { readonly entries: RecordedEntry[] } {
  const entries: RecordedEntry[] = []
  return {
    entries,
    spanOf: id => id,
    causeOf: () => undefined,
    begin(_kind, subject): JournalEntry {
      const entry: RecordedEntry = { id: `trace-${entries.length + 1}`, subject, stages: [] }
      entries.push(entry)
      return {
        id: entry.id,
        stage: (name, detail) => entry.stages.push({ name, detail }),
        bytes: (name, bytes, read) => void entry.stages.push({ name, detail: read(bytes) }),
        finish: outcome => {
          entry.outcome = outcome
        },
      }
    },
  }
}

/** A log that keeps every line, for assertions. */
export function memoryLog(): Logger & {
  readonly lines: { level: string; fields: Record<string, unknown>; message: string }[]
} {
  const lines: { level: string; fields: Record<string, unknown>; message: string }[] = []
  const at = (level: string) => (fields: object, message: string) => {
    lines.push({ level, fields: { ...fields }, message })
  }
  return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

/** Ids that count, so that whole values can be asserted. */
export function countingIds(): Ids {
  let count = 0
  return {
    uuid: () => `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`,
    token: (length, alphabet) => (alphabet[++count % alphabet.length] ?? 'a').repeat(length),
    bytes: length => new Uint8Array(length).fill(++count),
  }
}

export const noActivity: Activity = { begin: () => () => {} }
