import type { Cancel } from '../../../ports/index.ts'
import type { S3State } from '../state.ts'
import type { Engine } from './engine.ts'
import { happenedSince } from './happened.ts'
import { contextOf, type Intent, intents } from './intents.ts'
import { settleIntent } from './settle-intent.ts'

/** An engine that does not answer is asked again after a second, then less and less often, up to every minute. */
const firstPause = 1000
const longestPause = 60_000

/** Finds out what came of requests whose answer nobody saw: of an earlier process, or of a broken connection. */
export interface IntentResolver {
  /** Takes care of an intent that is in the store. */
  resolve(intent: Intent): void
  stop(): void
}

/** Begins with what an earlier process left. */
export async function startIntentResolver(state: S3State, engine: Engine): Promise<IntentResolver> {
  const { store, clock, activity, log } = state
  const waiting = new Set<Cancel>()
  let stopped = false

  async function ask(intent: Intent): Promise<void> {
    await settleIntent(contextOf(state, intent), intent, await happenedSince(engine, intent, clock.now()))
  }

  function attempt(intent: Intent, pause: number): void {
    if (stopped) return
    const end = activity.begin(`S3 intent of ${intent.bucket}`)
    ask(intent)
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

  const left = await store.read(reader => [...intents.under(reader)])
  for (const [, intent] of left) attempt(intent, firstPause)
  return {
    resolve: intent => attempt(intent, firstPause),
    stop() {
      stopped = true
      for (const cancel of waiting) cancel()
      waiting.clear()
    },
  }
}
