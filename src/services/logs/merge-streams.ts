import type { FoundEvent } from './read-events.ts'

/** A stream whose events are read once they may be next. */
export interface SourceStream {
  /** No event is older. */
  readonly first: number
  readonly events: Generator<FoundEvent>
}

/** Events of several streams in one order, each stream read no further than is asked. */
export function* mergeStreams(streams: readonly SourceStream[]): Generator<FoundEvent> {
  const closed = streams.toSorted((a, b) => a.first - b.first)
  const open: { next: FoundEvent; readonly rest: Generator<FoundEvent> }[] = []
  try {
    for (;;) {
      let least = open.reduce<(typeof open)[number] | undefined>(
        (found, each) => (found === undefined || each.next.id < found.next.id ? each : found),
        undefined,
      )
      while (closed[0] !== undefined && (least === undefined || closed[0].first <= least.next.time)) {
        const { events } = closed.shift() as SourceStream
        const { value, done } = events.next()
        if (done) continue
        const entry = { next: value, rest: events }
        open.push(entry)
        if (least === undefined || value.id < least.next.id) least = entry
      }
      if (least === undefined) return
      yield least.next
      const { value, done } = least.rest.next()
      if (done) open.splice(open.indexOf(least), 1)
      else least.next = value
    }
  } finally {
    // Who leaves early leaves all of them.
    for (const { rest } of open) rest.return(undefined)
  }
}
