import { AwsError } from '../../aws/index.ts'
import type { Activity, Cancel, Clock, InvocationResult, Logger } from '../../ports/index.ts'
import { type AsynchronousConfiguration, type Condition, type Delivery, deliveriesOf } from './delivery.ts'
import type { EventJournal, QueuedEvent } from './queued-event.ts'

/** What the queue works with. */
export interface EventQueueOptions {
  readonly clock: Clock
  readonly log: Logger
  readonly activity: Activity
  readonly journal: EventJournal
  /** Runs the function once; rejects with an `AwsError` where Lambda would not run it. */
  readonly run: (event: QueuedEvent) => Promise<InvocationResult>
  readonly configurationOf: (event: QueuedEvent) => AsynchronousConfiguration
  readonly deliver: (delivery: Delivery) => Promise<void>
  /** Simulated milliseconds before the first and the second retry: a minute and two. */
  readonly retryDelays: readonly number[]
  /** How many events of one function are run at the same time: none waits for those of another. */
  readonly parallel: number
}

/** Lambda's own queue of asynchronous events. */
export interface EventQueue {
  /** Resolves once the event will not be lost. */
  accept(event: QueuedEvent): Promise<void>
  /** Takes up what an earlier simulator left behind. */
  recover(): Promise<void>
  /** Forgets what waits; the store is emptied by whoever resets it. */
  clear(): void
  stop(): void
}

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
const maximumAge = 21_600
const maximumRetries = 2
/** Throttled events are tried again after a second, and then less and less often, up to every five minutes. */
const firstBackoff = 1000
const longestBackoff = 300_000

/** The events of one function. */
interface Lane {
  readonly ready: { readonly event: QueuedEvent; readonly settled: () => void }[]
  /** Those that were turned away: each comes again by its own timer, or when one of the others has ended. */
  readonly throttled: { readonly event: QueuedEvent; readonly cancel: Cancel }[]
  running: number
}

export function createEventQueue(options: EventQueueOptions): EventQueue {
  const { clock, log, activity, journal } = options
  const lanes = new Map<string, Lane>()
  const timers = new Set<Cancel>()
  let stopped = false

  const laneOf = ({ functionId }: QueuedEvent): Lane => {
    const lane = lanes.get(functionId) ?? { ready: [], throttled: [], running: 0 }
    lanes.set(functionId, lane)
    return lane
  }
  const enqueue = (event: QueuedEvent): void => {
    if (stopped) return
    const lane = laneOf(event)
    lane.ready.push({ event, settled: activity.begin(`event for ${event.functionName}`) })
    startNext(event.functionId, lane)
  }
  const startNext = (id: string, lane: Lane): void => {
    while (lane.running < options.parallel) {
      const next = lane.ready.shift()
      if (!next) break
      lane.running++
      attempt(next.event)
        .then(ran => {
          // There is room for one again.
          const waiting = ran ? lane.throttled.shift() : undefined
          waiting?.cancel()
          if (waiting) enqueue(waiting.event)
        })
        .catch(error =>
          log.error({ error, function: next.event.functionName }, 'an event could not be dealt with'),
        )
        .finally(() => {
          lane.running--
          next.settled()
          startNext(id, lane)
        })
    }
    if (lane.running + lane.ready.length + lane.throttled.length === 0) lanes.delete(id)
  }

  const finish = async (
    event: QueuedEvent,
    condition: Condition,
    result?: InvocationResult,
  ): Promise<void> => {
    const functionArn = `${event.functionArn}:${event.qualifier ?? '$LATEST'}`
    const outcome = { event, condition, functionArn, now: clock.now(), ...(result && { result }) }
    for (const delivery of deliveriesOf(outcome, options.configurationOf(event))) {
      await options
        .deliver(delivery)
        .catch(error => log.error({ error, target: delivery.target }, 'a destination could not be reached'))
    }
    await journal.remove(event)
  }
  const later = async (event: QueuedEvent, delay: number, changes: Partial<QueuedEvent>): Promise<void> => {
    const next = { ...event, ...changes, dueAt: clock.now() + delay }
    const oldest = next.acceptedAt + ageLimit(next)
    if (next.dueAt > oldest) {
      await finish(next, 'EventAgeExceeded')
      return
    }
    await journal.put(next)
    if (stopped) return
    if (next.throttles === event.throttles) wait(next)
    else {
      const { throttled } = laneOf(next)
      const cancel = wait(next, () => throttled.splice(throttled.indexOf(entry), 1))
      const entry = { event: next, cancel }
      throttled.push(entry)
    }
  }
  const wait = (event: QueuedEvent, due: () => void = () => {}): Cancel => {
    const stop = clock.after(Math.max(0, event.dueAt - clock.now()), () => {
      timers.delete(cancel)
      due()
      enqueue(event)
    })
    const cancel = (): void => {
      timers.delete(cancel)
      stop()
    }
    timers.add(cancel)
    return cancel
  }
  const ageLimit = (event: QueuedEvent): number =>
    (options.configurationOf(event).maximumEventAgeInSeconds ?? maximumAge) * 1000

  /** Answers whether the function ran. */
  const attempt = async (event: QueuedEvent): Promise<boolean> => {
    let result: InvocationResult
    try {
      result = await options.run(event)
    } catch (error) {
      // What the stopping simulator broke off is there again when it starts.
      if (!stopped) await refused(event, error)
      return false
    }
    if (stopped) return false
    const tried = { ...event, attempts: event.attempts + 1 }
    if (!result.functionError) {
      await finish(tried, 'Success', result)
      return true
    }
    const retries = options.configurationOf(event).maximumRetryAttempts ?? maximumRetries
    const delay = options.retryDelays[event.attempts] ?? options.retryDelays.at(-1) ?? 0
    if (tried.attempts > retries) await finish(tried, 'RetriesExhausted', result)
    else await later(tried, delay, {})
    return true
  }
  const refused = async (event: QueuedEvent, error: unknown): Promise<void> => {
    const code = error instanceof AwsError ? error.code : undefined
    if (code === 'TooManyRequestsException') {
      const delay = Math.min(longestBackoff, firstBackoff * 2 ** event.throttles)
      await later(event, delay, { throttles: event.throttles + 1 })
    } else if (code === 'RecursiveInvocationException') await finish(event, 'RecursiveInvocation')
    else {
      log.warn(
        { error, function: event.functionName, requestId: event.requestId },
        'an accepted event was dropped',
      )
      await journal.remove(event)
    }
  }

  const clear = (): void => {
    for (const cancel of timers) cancel()
    timers.clear()
    for (const { ready, throttled } of lanes.values()) {
      throttled.length = 0
      for (const { settled } of ready.splice(0)) settled()
    }
  }

  return {
    async accept(event) {
      await journal.put(event)
      enqueue(event)
    },
    async recover() {
      for (const event of await journal.all()) wait(event)
    },
    clear,
    stop() {
      stopped = true
      clear()
    },
  }
}
