import type { Outbox, RecordedJournal } from '../journal/index.ts'
import type { Lambda } from '../lambda/index.ts'
import type { ActivityTracker, SimulatedClock } from '../ports/index.ts'
import type { Store } from '../stores/index.ts'

/** The parts that remember something. */
interface Rememberers {
  readonly activity: ActivityTracker
  readonly clock: SimulatedClock
  readonly journal: RecordedJournal
  readonly outbox: Outbox
  readonly store: Store
  readonly gateway: { forget(): void }
  readonly lambda: Lambda
  readonly notifications: { clear(): void }
  readonly sessions: { renew(): Promise<void> }
  readonly tableTriggers: { start(): Promise<void>; stop(): Promise<void> }
  readonly resetServices: () => Promise<void>
  /** Makes what the configuration wants to be there. */
  readonly seed: () => Promise<unknown>
  readonly syncParameters: () => Promise<unknown> | undefined
}

/** Makes `simulator.reset()`: everything is as after a start on an empty folder, without starting anew. */
export function createReset(parts: Rememberers): () => Promise<void> {
  const { activity, clock, journal, outbox, store, lambda, notifications, sessions, tableTriggers } = parts
  return async () => {
    await activity.idle()
    await tableTriggers.stop()
    await store.clear('')
    lambda.reset()
    parts.gateway.forget()
    notifications.clear()
    await parts.resetServices()
    clock.reset()
    await sessions.renew()
    await parts.seed()
    await tableTriggers.start()
    await parts.syncParameters()
    journal.clear()
    outbox.clear()
  }
}
