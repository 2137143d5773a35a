import type {
  Activity,
  Cancel,
  Clock,
  Functions,
  Ids,
  Journal,
  JournalEntry,
  Logger,
} from '../../ports/index.ts'
import { type Chaos, createDeliveryPlanner } from '../chaos.ts'
import { notificationRecord } from './notification-record.ts'
import { type NotificationTarget, reasonAgainst } from './notification-target.ts'
import type { NotifiedEvent } from './notified-event.ts'
import { shareOutbox } from './shared-outbox.ts'

/** S3's durable outbox, as its owner lends it: rows are written in the change's own transaction. */
export interface S3Outbox {
  /** What waits with a number above `after`, oldest first. */
  waiting(after: number, limit: number): Promise<readonly (readonly [number: number, event: NotifiedEvent])[]>
  /** Forgets what has been handed over. */
  remove(numbers: readonly number[]): Promise<void>
  /** Whom the bucket's own configuration names. */
  targets(bucket: string): Promise<readonly NotificationTarget[]>
}

/** What notifications are made from. */
export interface S3NotificationOptions {
  readonly outbox: S3Outbox
  readonly functions: Functions
  readonly activity: Activity
  readonly clock: Clock
  readonly ids: Pick<Ids, 'bytes'>
  readonly journal: Journal
  readonly log: Logger
  /** The project's triggers by bucket. */
  readonly triggers: (bucket: string) => readonly NotificationTarget[]
  readonly eventVersion: string
  readonly chaos: Chaos
  /** Asks for the place of the one that empties the outbox, where several simulators write into it. */
  readonly claim?: () => Promise<boolean>
}

/** Brings S3's events to functions, at least once each. */
export interface S3Notifications {
  /** Says that something may wait in the outbox. Call it at the start too: an earlier process may have left events. */
  wake(): void
  /** Forgets what is under way; the store is emptied by whoever resets it. */
  clear(): void
  /** Ends deliveries; what has not been handed over stays in the outbox. */
  stop(): Promise<void>
}

/** Events that are read, and under way, at the same time. */
const batch = 100
const mostUnderWay = 1000
/** What could not be handed over is tried again after a second, then less and less often, up to every five minutes. */
const firstBackoff = 1000
const longestBackoff = 300_000

/** Takes S3's events out of the outbox and hands them to Lambda's asynchronous queue, which keeps and retries them. */
export function createS3Notifications(options: S3NotificationOptions): S3Notifications {
  const { outbox, activity, clock, ids, journal, log } = options
  const plan = createDeliveryPlanner(options.chaos, ids, () => clock.now())
  const timers = new Set<Cancel>()
  const told = new Set<string>()
  let cursor = -1
  let generation = 0
  let underWay = 0
  let draining = false
  let again = false
  let stopped = false
  let done: number[] = []
  let removing: Promise<void> | undefined

  const wake = (): void => {
    again = true
    if (draining || stopped) return
    draining = true
    const end = activity.begin('S3 notifications')
    drain()
      .catch(error => log.error({ error }, 'the outbox of S3 could not be read'))
      .finally(() => {
        draining = false
        end()
        if (again && underWay < mostUnderWay) wake()
      })
  }

  const { claim } = options
  const hasNews = async (): Promise<boolean> => (await outbox.waiting(cursor, 1)).length > 0
  const shared = claim === undefined ? undefined : shareOutbox({ claim, hasNews, wake, clock, log })

  async function drain(): Promise<void> {
    while (again && underWay < mostUnderWay) {
      again = false
      if (shared !== undefined && !(await shared.isOurs())) {
        // Whoever takes over begins with what was left.
        cursor = -1
        return
      }
      const events = await outbox.waiting(cursor, batch)
      if (stopped) return
      again ||= events.length === batch
      for (const [number, event] of events) {
        cursor = Math.max(cursor, number)
        begin(number, event)
      }
    }
  }

  function begin(number: number, event: NotifiedEvent): void {
    underWay++
    const { type, bucket, key, versionId, requestId } = event
    const subject = { source: 's3', notification: type, bucket, key, versionId, requestId }
    const entry = journal.begin('event', subject, event.cause)
    const present = generation
    const end = activity.begin(`S3 ${type} of ${bucket}/${key}`)
    settle(event, entry)
      .then(delivered => {
        entry.finish({ delivered })
        if (present === generation) forget(number)
      })
      .catch(error => {
        entry.finish({ error })
        log.error(
          { error, bucket, key },
          'an event of S3 could not be delivered; it is kept for the next start',
        )
      })
      .finally(() => {
        end()
        underWay--
        if (again) wake()
      })
  }

  /** Tells everybody who wants to know; answers how often the event was handed over. */
  async function settle(event: NotifiedEvent, entry: JournalEntry): Promise<number> {
    const targets = [...(await outbox.targets(event.bucket)), ...options.triggers(event.bucket)]
    const verdicts = targets.map(target => ({ target, against: reasonAgainst(target, event) }))
    entry.stage(
      'triggers',
      verdicts.map(({ target: { id, destination }, against }) => ({
        id,
        destination,
        matched: against === undefined,
        ...(against !== undefined && { why: against }),
      })),
    )
    const matched = verdicts.filter(({ against }) => against === undefined)
    const counts = await Promise.all(matched.map(({ target }) => tell(target, event, entry)))
    return counts.reduce((sum, count) => sum + count, 0)
  }

  async function tell(
    target: NotificationTarget,
    event: NotifiedEvent,
    entry: JournalEntry,
  ): Promise<number> {
    if (target.kind !== 'function') {
      notYet(target, event, entry)
      return 0
    }
    const record = notificationRecord(event, target.id, options.eventVersion)
    const payload = Buffer.from(JSON.stringify({ Records: [record] }))
    const outcomes = await Promise.all(
      plan().map(async wait => {
        if (wait > 0) await pause(wait)
        return await handOver(target, payload, event, entry)
      }),
    )
    return outcomes.filter(Boolean).length
  }

  async function handOver(
    target: NotificationTarget,
    payload: Uint8Array,
    event: NotifiedEvent,
    entry: JournalEntry,
  ): Promise<boolean> {
    for (let backoff = firstBackoff; ; backoff = Math.min(2 * backoff, longestBackoff)) {
      try {
        await options.functions.invoke({
          functionName: target.destination,
          invocationType: 'Event',
          payload,
          ...(target.asksPolicy && {
            onBehalfOf: {
              principal: 's3.amazonaws.com',
              sourceArn: `arn:aws:s3:::${event.bucket}`,
              sourceAccount: event.bucketOwner,
            },
          }),
          cause: entry.id,
          ...(event.traceId !== undefined && { traceId: event.traceId }),
        })
        return true
      } catch (error) {
        entry.stage('refused', { id: target.id, destination: target.destination, error })
        const { code, statusCode = 400 } = error as { code?: string; statusCode?: number }
        const passing = code === undefined || code === 'TooManyRequestsException' || statusCode >= 500
        log.warn(
          { error, bucket: event.bucket, key: event.key, target: target.destination },
          passing ? 'Lambda did not take an event of S3; it is tried again' : 'Lambda refused an event of S3',
        )
        if (!passing) return false
        await pause(backoff)
      }
    }
  }

  function notYet(
    { id, kind, destination }: NotificationTarget,
    event: NotifiedEvent,
    entry: JournalEntry,
  ): void {
    const message = `S3 notifications to a ${kind} are not emulated yet: ${destination} is not told`
    entry.stage('not emulated', { id, destination })
    if (told.has(destination)) return
    told.add(destination)
    log.warn({ bucket: event.bucket, id, destination }, message)
  }

  function pause(milliseconds: number): Promise<void> {
    return new Promise(resolve => {
      const cancel = clock.after(milliseconds, () => {
        timers.delete(cancel)
        resolve()
      })
      timers.add(cancel)
    })
  }

  /** Many events that end together leave the outbox in one transaction. */
  function forget(number: number): void {
    done.push(number)
    if (removing !== undefined) return
    const end = activity.begin('S3 outbox')
    removing = removeDone()
      .catch(error =>
        log.error({ error }, 'delivered events of S3 could not be forgotten; they will come again'),
      )
      .finally(() => {
        removing = undefined
        end()
      })
  }
  async function removeDone(): Promise<void> {
    await new Promise(resolve => setImmediate(resolve))
    while (done.length > 0 && !stopped) {
      const numbers = done
      done = []
      await outbox.remove(numbers)
    }
  }

  return {
    wake,
    clear() {
      generation++
      cursor = -1
      done = []
      told.clear()
    },
    async stop() {
      stopped = true
      for (const cancel of timers) cancel()
      timers.clear()
      await shared?.stop()
      await removing
    },
  }
}
