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
  /** How many events are run at the same time. */
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

export function createEventQueue(options: EventQueueOptions): EventQueue {
  const { clock, log, activity, journal } = options
  const ready: { readonly event: QueuedEvent; readonly settled: () => void }[] = []
  const timers = new Set<Cancel>()
  let running = 0
  let stopped = false

  const enqueue = (event: QueuedEvent): void => {
    if (stopped) return
    ready.push({ event, settled: activity.begin(`event for ${event.functionName}`) })
    startNext()
  }
  const startNext = (): void => {
    while (running < options.parallel) {
      const next = ready.shift()
      if (!next) return
      running++
      attempt(next.event)
        .catch(error =>
          log.error({ error, function: next.event.functionName }, 'an event could not be dealt with'),
        )
        .finally(() => {
          running--
          next.settled()
          startNext()
        })
    }
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
    wait(next)
  }
  const wait = (event: QueuedEvent): void => {
    const cancel = clock.after(Math.max(0, event.dueAt - clock.now()), () => {
      timers.delete(cancel)
      enqueue(event)
    })
    timers.add(cancel)
  }
  const ageLimit = (event: QueuedEvent): number =>
    (options.configurationOf(event).maximumEventAgeInSeconds ?? maximumAge) * 1000

  const attempt = async (event: QueuedEvent): Promise<void> => {
    let result: InvocationResult
    try {
      result = await options.run(event)
    } catch (error) {
      // What the stopping simulator broke off is there again when it starts.
      if (stopped) return
      await refused(event, error)
      return
    }
    if (stopped) return
    const tried = { ...event, attempts: event.attempts + 1 }
    if (!result.functionError) {
      await finish(tried, 'Success', result)
      return
    }
    const retries = options.configurationOf(event).maximumRetryAttempts ?? maximumRetries
    const delay = options.retryDelays[event.attempts] ?? options.retryDelays.at(-1) ?? 0
    if (tried.attempts > retries) await finish(tried, 'RetriesExhausted', result)
    else await later(tried, delay, {})
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
    for (const { settled } of ready.splice(0)) settled()
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
