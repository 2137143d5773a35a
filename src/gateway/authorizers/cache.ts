import type { Clock } from '../../ports/index.ts'

/** What a Lambda authorizer said, kept for a while. */
export interface AuthorizerVerdict {
  readonly principalId: string
  readonly policy: unknown
  readonly context: Readonly<Record<string, string>>
  readonly usageIdentifierKey: string | undefined
}

/** Answers of Lambda authorizers by identity, for `authorizerResultTtlInSeconds`. */
export interface AuthorizerCache {
  get(key: string): AuthorizerVerdict | undefined
  set(key: string, verdict: AuthorizerVerdict, seconds: number): void
  clear(): void
}

/** How many answers are kept; the oldest goes first. */
const capacity = 10_000

/** Makes an empty cache that ages by the simulator's time. */
export function createAuthorizerCache(clock: Clock): AuthorizerCache {
  const kept = new Map<string, { readonly verdict: AuthorizerVerdict; readonly expires: number }>()
  return {
    get: key => {
      const found = kept.get(key)
      if (found === undefined) return undefined
      if (found.expires > clock.now()) return found.verdict
      kept.delete(key)
      return undefined
    },
    set: (key, verdict, seconds) => {
      if (seconds <= 0) return
      if (kept.size >= capacity) {
        const oldest = kept.keys().next()
        if (oldest.done !== true) kept.delete(oldest.value)
      }
      kept.set(key, { verdict, expires: clock.now() + seconds * 1000 })
    },
    clear: () => kept.clear(),
  }
}
