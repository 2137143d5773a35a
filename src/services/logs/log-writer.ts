import type { ServiceEnvironment } from '../../aws/index.ts'
import type { Writer } from '../../stores/index.ts'
import type { Followers } from './followers.ts'
import { type Arrival, batches, groups, streams, subscriptions } from './state.ts'
import { deliverToSubscribers, type Subscribed } from './subscribers.ts'

/** Of what one run writes so many bytes are kept, the newest ones: a load test must not fill memory or disk. */
const most = 128 * 1024 * 1024

/** Real milliseconds in which events gather: a transaction for each invocation took a tenth of the invocation's time. */
const gathering = 10
/** The same once more came together than one would miss: fewer, larger transactions. */
const gatheringMore = 50
const many = 16

/** Writes log events, those of a moment in one transaction. */
export interface LogWriter {
  /** `make`: the group and stream are made where they are missing, as Lambda does with its own. */
  write(arrival: Arrival, make: boolean): Promise<void>
  flushed(): Promise<void>
  /** Forgets what was counted; the store is emptied by whoever resets it. */
  reset(): void
}

interface Waiting {
  readonly arrival: Arrival
  readonly make: boolean
  readonly done: () => void
  readonly failed: (error: unknown) => void
}

/** What a function's stream got, which comes in order, as one arrival, so that a busy stream is looked up and written once. */
function joined(waiting: readonly Waiting[]): Waiting[] {
  const result: Waiting[] = []
  const open = new Map<string, { events: Arrival['events'][number][]; done: Waiting[] }>()
  for (const each of waiting) {
    const { account, region, group, stream, events } = each.arrival
    if (!each.make) {
      result.push(each)
      continue
    }
    const key = `${account}\n${region}\n${group}\n${stream}`
    const known = open.get(key)
    if (known !== undefined) {
      known.events.push(...events)
      known.done.push(each)
      continue
    }
    const own = { events: [...events], done: [each] }
    open.set(key, own)
    result.push({
      arrival: { ...each.arrival, events: own.events },
      make: each.make,
      done: () => {
        for (const one of own.done) one.done()
      },
      failed: error => {
        for (const one of own.done) one.failed(error)
      },
    })
  }
  return result
}

type Needs = Pick<ServiceEnvironment, 'store' | 'clock' | 'log' | 'activity' | 'functions'>

export function createLogWriter(needs: Needs, followers: Pick<Followers, 'tell'>): LogWriter {
  const { store, clock, log, activity } = needs
  // Goes on counting above what an earlier run has counted.
  let number = clock.now() * 1000
  let waiting: Waiting[] = []
  let writing: Promise<void> = Promise.resolve()
  let scheduled = false
  let gather = gathering
  let kept: { readonly key: readonly (string | number)[]; readonly size: number }[] = []
  let size = 0

  const put = (writer: Writer, { account, region, group, stream, events }: Arrival, make: boolean): void => {
    const now = clock.now()
    const scope = [account, region, group] as const
    if (make && groups.get(writer, ...scope) === undefined)
      groups.put(writer, { name: group, created: now, tags: {} }, ...scope)
    const before = streams.get(writer, ...scope, stream)
    if (before === undefined && !make) return
    const [first = now] = events[0] ?? []
    const [last = now] = events.at(-1) ?? []
    streams.put(
      writer,
      {
        ...(before ?? { name: stream, created: now }),
        first: Math.min(before?.first ?? first, first),
        last: Math.max(before?.last ?? last, last),
        ingested: now,
      },
      ...scope,
      stream,
    )
    batches.put(writer, { ingested: now, events }, ...scope, stream, first, number, last)
  }

  const flush = async (): Promise<void> => {
    scheduled = false
    gather = waiting.length > many ? gatheringMore : gathering
    const taken = joined(waiting)
    waiting = []
    const begin = number
    try {
      const subscribed = await store.transaction(writer => {
        const found: Subscribed[] = []
        number = begin
        for (const { arrival, make } of taken) {
          number++
          put(writer, arrival, make)
          const { account, region, group } = arrival
          for (const [, subscription] of subscriptions.under(writer, account, region, group))
            found.push({ arrival, subscription, number })
        }
        return found
      })
      taken.forEach(({ arrival }, index) => {
        const [first = 0] = arrival.events[0] ?? []
        const [last = 0] = arrival.events.at(-1) ?? []
        const { account, region, group, stream } = arrival
        const key = [account, region, group, stream, first, begin + index + 1, last]
        const bytes = arrival.events.reduce((sum, [, message]) => sum + message.length + 24, 200)
        kept.push({ key, size: bytes })
        size += bytes
      })
      const ingested = clock.now()
      for (const { arrival } of taken) followers.tell(arrival, ingested)
      await trim()
      await deliverToSubscribers(subscribed, needs)
      for (const { done } of taken) done()
    } catch (error) {
      for (const { failed } of taken) failed(error)
    }
  }
  const trim = async (): Promise<void> => {
    if (size <= most) return
    let count = 0
    for (; size > most * 0.9 && count < kept.length; count++) size -= kept[count]?.size ?? 0
    const old = kept.slice(0, count)
    kept = kept.slice(count)
    log.warn({}, `The oldest log events of this run were dropped: ${most} bytes of them are kept`)
    await store.transaction(writer => {
      for (const { key } of old) batches.remove(writer, ...key)
    })
  }

  return {
    write(arrival, make) {
      const end = activity.begin('log events')
      const written = new Promise<void>((done, failed) => {
        waiting.push({ arrival, make, done, failed })
      })
      if (!scheduled) {
        scheduled = true
        // Whatever comes until the transaction before this one is done goes into the next one together.
        writing = writing.then(() => new Promise<void>(turn => setTimeout(turn, gather))).then(flush)
      }
      return written.finally(end)
    },
    flushed: () => writing,
    reset() {
      kept = []
      size = 0
    },
  }
}
