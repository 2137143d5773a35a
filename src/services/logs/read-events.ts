import type { KeyPart, Reader } from '../../stores/index.ts'
import { eventId } from './event-id.ts'
import { type BatchRecord, batches, type GroupRecord, type Scope } from './state.ts'

/** One event with everything that reads answer of it. */
export interface FoundEvent {
  readonly id: string
  readonly stream: string
  readonly time: number
  readonly message: string
  readonly ingested: number
}

/** Which events of a group's stream: from `from` (inclusive) to `to` (exclusive). */
export interface Span extends Scope {
  readonly group: GroupRecord
  readonly stream: string
  readonly from?: number | undefined
  readonly to?: number | undefined
  readonly now: number
}

const day = 86_400_000

/** What is left of a group's past: what is older than its retention is gone. */
export function oldestKept({ retention }: GroupRecord, now: number): number {
  return retention === undefined ? 0 : now - retention * day
}

const inOrder = (a: FoundEvent, b: FoundEvent): number => a.time - b.time || (a.id < b.id ? -1 : 1)

function prefixOf({ account, region, group, stream }: Span): readonly [string, string, string, string] {
  return [account, region, group.name, stream]
}

/** A batch's first time, number and last time; the last one is missing in keys of earlier versions. */
function placeOf(key: readonly KeyPart[]): { first: number; number: number; last: number } {
  const [, , , , first, number, last = Number.POSITIVE_INFINITY] = key
  return { first: Number(first), number: Number(number), last: Number(last) }
}

function eventsOf({ ingested, events }: BatchRecord, stream: string, number: number): FoundEvent[] {
  return events.map(([time, message], index) => ({
    id: eventId(time, number, index),
    stream,
    time,
    message,
    ingested,
  }))
}

/** Events of a stream, oldest first, those of one time in the order they came; read as far as somebody asks. */
export function* readEvents(reader: Reader, span: Span): Generator<FoundEvent> {
  const from = Math.max(span.from ?? 0, oldestKept(span.group, span.now))
  const to = span.to ?? Number.POSITIVE_INFINITY
  const prefix = prefixOf(span)
  let waiting: FoundEvent[] = []
  // The events of a batch span at most a day, so nothing that begins before that reaches into it.
  const after = [...prefix, Math.max(0, from - day - 1), 0]
  for (const [key, read] of batches.lazily(reader, prefix, { after })) {
    const { first, number, last } = placeOf(key)
    if (first >= to) break
    if (last < from) continue
    // What is yet to come is no older than this batch's first event.
    const ready = waiting.findIndex(({ time }) => time >= first)
    const done = ready === -1 ? waiting : waiting.slice(0, ready)
    waiting = ready === -1 ? [] : waiting.slice(ready)
    yield* done
    const wanted = eventsOf(read(), span.stream, number).filter(({ time }) => time >= from && time < to)
    waiting = waiting.length === 0 ? wanted : [...waiting, ...wanted].sort(inOrder)
  }
  yield* waiting
}

/** The newest `count` events of a stream, oldest first; of `before`, an event's id, those that come before it. */
export function readLastEvents(reader: Reader, span: Span, count: number, before?: string): FoundEvent[] {
  const from = Math.max(span.from ?? 0, oldestKept(span.group, span.now))
  const to = span.to ?? Number.POSITIVE_INFINITY
  let chosen: FoundEvent[] = []
  for (const [key, read] of batches.lazily(reader, prefixOf(span), { reverse: true })) {
    const { first, number, last } = placeOf(key)
    const oldest = chosen.length < count ? from : Math.max(from, chosen[0]?.time ?? from)
    if (first + day < oldest) break
    if (first >= to || last < oldest) continue
    const wanted = eventsOf(read(), span.stream, number).filter(
      ({ id, time }) => time >= oldest && time < to && (before === undefined || id < before),
    )
    chosen = [...wanted, ...chosen].sort(inOrder).slice(-count)
  }
  return chosen
}
