import type { FoundEvent } from './read-events.ts'

/** So many bytes of events, each with what AWS counts beside its text, are one answer. */
const most = 1_048_576
const overhead = 26

/** Counts what goes into one page: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html */
export function createEventPage(limit: number): {
  readonly events: FoundEvent[]
  /** Whether the event found room; the first one always does. */
  add(event: FoundEvent): boolean
} {
  const events: FoundEvent[] = []
  let size = 0
  return {
    events,
    add(event) {
      const bytes = Buffer.byteLength(event.message) + overhead
      if (events.length >= limit || (events.length > 0 && size + bytes > most)) return false
      size += bytes
      events.push(event)
      return true
    },
  }
}
