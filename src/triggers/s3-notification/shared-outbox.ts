import type { Cancel, Clock, Logger } from '../../ports/index.ts'

/** How often the outbox is looked at for what others wrote, and how often a place is asked for again, in real milliseconds. */
const lookEvery = 250
const askEvery = 1000

/** An outbox that several simulators write into, and that one of them empties. */
export interface SharedOutbox {
  /** Whether this simulator is the one. */
  isOurs(): Promise<boolean>
  stop(): Promise<void>
}

/** What it takes to share an outbox. */
export interface SharedOutboxOptions {
  readonly claim: () => Promise<boolean>
  /** Whether something waits that was not seen yet. */
  readonly hasNews: () => Promise<boolean>
  readonly wake: () => void
  readonly clock: Pick<Clock, 'deadline'>
  readonly log: Logger
}

/** Looks after an outbox: what others write comes without a word, and one that dies leaves its place. */
export function shareOutbox({ claim, hasNews, wake, clock, log }: SharedOutboxOptions): SharedOutbox {
  let stopped = false
  let looking: Promise<void> = Promise.resolve()
  let cancel: Cancel = () => {}

  async function look(): Promise<void> {
    let wait = askEvery
    try {
      if (await claim()) {
        wait = lookEvery
        if (await hasNews()) wake()
      }
    } catch (error) {
      log.warn({ err: error }, 'the shared outbox of S3 could not be looked at')
    }
    if (!stopped) arm(wait)
  }
  function arm(wait: number): void {
    cancel = clock.deadline(wait, () => {
      looking = look()
    })
  }
  arm(lookEvery)
  return {
    isOurs: claim,
    async stop() {
      stopped = true
      cancel()
      await looking
    },
  }
}
