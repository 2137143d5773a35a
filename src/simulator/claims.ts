import type { Config } from '../config/index.ts'
import type { Clock, Ids, Logger } from '../ports/index.ts'
import { jsonTable, type Reader, type Store } from '../stores/index.ts'
import type { Cleanup } from './cleanup.ts'

/** How often a simulator shows that it lives, in real milliseconds. */
const beatEvery = 1000
/** One that has shown nothing for so long is taken for dead. */
const deadAfter = 5000

/** Who of several simulators on one store does what only one may do. */
export interface Claims {
  /** Takes a claim that nobody living holds; answers whether it is this simulator's. */
  take(name: string): Promise<boolean>
  /** Throws where the claim is not this simulator's (any more): for transactions that must not be another's too. */
  require(reader: Reader, name: string): void
  leave(name: string): Promise<void>
  /** Leaves every claim. */
  stop(): Promise<void>
}

const owners = jsonTable<string>('triggers/claims')
const beats = jsonTable<number>('triggers/simulators')

/**
 * Claims by heartbeats: each simulator counts a number up in the store, and one whose number stands still, by the
 * watcher's own monotonic clock, is dead. So no two machines' clocks are ever compared.
 */
export function createClaims(store: Store, clock: Clock, ids: Ids, log: Logger): Claims {
  const me = ids.uuid()
  const held = new Set<string>()
  const seen = new Map<string, { readonly beat: number; readonly at: number }>()
  let count = 1
  let beatenAt = clock.elapsed()
  let stopped = false
  let beating: Promise<void> = Promise.resolve()
  let cancel = (): void => {}

  const beat = async (): Promise<void> => {
    try {
      const at = clock.elapsed()
      await store.transaction(writer => beats.put(writer, ++count, me))
      beatenAt = at
    } catch (error) {
      log.error({ err: error }, 'The shared store could not be told that this simulator lives')
    }
    if (!stopped) arm()
  }
  const arm = (): void => {
    cancel = clock.deadline(beatEvery, () => {
      beating = beat()
    })
  }
  arm()

  /** Whether an owner has shown nothing for too long. */
  const isDead = (owner: string, shown: number | undefined): boolean => {
    const before = seen.get(owner)
    return shown === undefined || (before?.beat === shown && clock.elapsed() - before.at > deadAfter)
  }

  return {
    async take(name) {
      if (stopped) return false
      if (held.has(name) && clock.elapsed() - beatenAt < deadAfter / 2) return true
      const other = await store.transaction(writer => {
        const owner = owners.get(writer, name)
        const shown = owner === undefined ? undefined : beats.get(writer, owner)
        if (owner !== undefined && owner !== me && !isDead(owner, shown)) return { owner, beat: shown ?? 0 }
        owners.put(writer, me, name)
        beats.put(writer, count, me)
        return undefined
      })
      if (other === undefined) {
        held.add(name)
        return true
      }
      held.delete(name)
      if (seen.get(other.owner)?.beat !== other.beat)
        seen.set(other.owner, { beat: other.beat, at: clock.elapsed() })
      return false
    },
    require(reader, name) {
      if (owners.get(reader, name) === me) return
      held.delete(name)
      throw new Error(`another simulator has taken over ${name}`)
    },
    async leave(name) {
      held.delete(name)
      await store.transaction(writer => {
        if (owners.get(writer, name) === me) owners.remove(writer, name)
      })
    },
    async stop() {
      stopped = true
      cancel()
      await beating
      await store.transaction(writer => {
        for (const [key, owner] of [...owners.under(writer)]) if (owner === me) owners.remove(writer, ...key)
        beats.remove(writer, me)
      })
    },
  }
}

/** What the claims of a simulator are made of. */
export interface ClaimsParts {
  readonly config: Pick<Config, 'store'>
  readonly store: Store
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Logger
}

/** The claims of a simulator whose store others may use too; undefined where it has its own. */
export function sharedClaims(
  { config, store, clock, ids, log }: ClaimsParts,
  cleanup: Cleanup,
): Claims | undefined {
  if (config.store === undefined) return undefined
  const claims = createClaims(store, clock, ids, log)
  cleanup.add(() => claims.stop())
  return claims
}
