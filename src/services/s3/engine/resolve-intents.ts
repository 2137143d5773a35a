import type { Cancel } from '../../../ports/index.ts'
import type { S3State } from '../state.ts'
import type { Engine } from './engine.ts'
import { happenedSince } from './happened.ts'
import { contextOf, type Intent, intents } from './intents.ts'
import { settleIntent } from './settle-intent.ts'

/** An engine that does not answer is asked again after a second, then less and less often, up to every minute. */
const firstPause = 1000
const longestPause = 60_000

/** How often intents are looked at that another simulator may have left behind, in real milliseconds. */
const lookEvery = 5000

/** Finds out what came of requests whose answer nobody saw: of an earlier process, or of a broken connection. */
export interface IntentResolver {
  /** Takes care of an intent that is in the store. */
  resolve(intent: Intent): void
  stop(): void
}

/** Whether a process that began an intent is gone, so that somebody else has to find out what came of it. */
export type IsGone = (owner: string | undefined) => Promise<boolean>

/** Begins with what an earlier process left; with `isGone` others may be at theirs, and die at any time. */
export async function startIntentResolver(
  state: S3State,
  engine: Engine,
  isGone: IsGone | undefined,
): Promise<IntentResolver> {
  const { store, clock, activity, log } = state
  const waiting = new Set<Cancel>()
  /** Intents that are being found out about, by their request. */
  const busy = new Set<string>()
  let cancelLook: Cancel = () => {}
  let stopped = false

  async function ask(intent: Intent): Promise<void> {
    await settleIntent(contextOf(state, intent), intent, await happenedSince(engine, intent, clock.now()))
  }

  function attempt(intent: Intent, pause: number): void {
    if (stopped) return
    busy.add(intent.requestId)
    const end = activity.begin(`S3 intent of ${intent.bucket}`)
    ask(intent)
      .then(() => busy.delete(intent.requestId))
      .catch(error => {
        log.warn({ err: error, bucket: intent.bucket }, 'it is not known yet what the S3 engine did')
        if (stopped) return
        const cancel = clock.after(pause, () => {
          waiting.delete(cancel)
          attempt(intent, Math.min(2 * pause, longestPause))
        })
        waiting.add(cancel)
      })
      .finally(end)
  }

  async function takeOver(): Promise<void> {
    const left = await store.read(reader => [...intents.under(reader)])
    for (const [, intent] of left)
      if (!busy.has(intent.requestId) && (isGone === undefined || (await isGone(intent.owner))))
        attempt(intent, firstPause)
  }

  function lookAgain(): void {
    if (isGone === undefined || stopped) return
    cancelLook = clock.deadline(lookEvery, () => {
      takeOver()
        .catch(error => log.warn({ err: error }, 'what other simulators left on the S3 engine is not known'))
        .finally(lookAgain)
    })
  }

  await takeOver()
  lookAgain()
  return {
    resolve: intent => attempt(intent, firstPause),
    stop() {
      stopped = true
      cancelLook()
      for (const cancel of waiting) cancel()
      waiting.clear()
    },
  }
}
