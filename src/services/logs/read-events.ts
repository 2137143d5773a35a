import type { Reader } from '../../stores/index.ts'
import { eventId } from './event-id.ts'
import { batches, type GroupRecord, type Scope } from './state.ts'

/** One event with everything that reads answer of it. */
export interface FoundEvent {
  readonly id: string
  readonly stream: string
  readonly time: number
  readonly message: string
  readonly ingested: number
}

const day = 86_400_000

/** What is left of a group's past: what is older than its retention is gone. */
export function oldestKept({ retention }: GroupRecord, now: number): number {
  return retention === undefined ? 0 : now - retention * day
}

/** Events of a stream from `from` (inclusive) to `to` (exclusive), oldest first; those of one time in the order they came. */
export function readEvents(
  reader: Reader,
  { account, region }: Scope,
  group: GroupRecord,
  stream: string,
  span: { readonly from?: number | undefined; readonly to?: number | undefined; readonly now: number },
): FoundEvent[] {
  const from = Math.max(span.from ?? 0, oldestKept(group, span.now))
  const to = span.to ?? Number.POSITIVE_INFINITY
  const found: FoundEvent[] = []
  const prefix = [account, region, group.name, stream]
  // The events of a batch span at most a day, so nothing that begins before that reaches into it.
  for (const [key, { ingested, events }] of batches.underAfter(reader, prefix, [
    ...prefix,
    Math.max(0, from - day - 1),
    0,
  ])) {
    const [first, number] = key.slice(-2)
    if (Number(first) >= to) break
    events.forEach(([time, message], index) => {
      if (time < from || time >= to) return
      found.push({
        id: eventId(time, Number(number), index),
        stream,
        time,
        message,
        ingested,
      })
    })
  }
  return found.sort((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1))
}
