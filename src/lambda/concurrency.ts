import { tooManyRequests } from './lambda-error.ts'

/** Counts invocations under way and refuses what goes beyond the limits. */
export interface Concurrency {
  /** Counts one more or throws `TooManyRequestsException`; the answer counts it out again. Ids are `account/region/name`. */
  enter(id: string): () => void
  /** Undefined: the function shares what is not reserved. */
  reserve(id: string, limit: number | undefined): void
  reserved(id: string): number | undefined
  /** Takes all reservations away. */
  clear(): void
  running(id?: string): number
}

/**
 * Reserved concurrency is both the function's ceiling and taken from everybody else's share.
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
 */
export function createConcurrency(accountLimit: number): Concurrency {
  const running = new Map<string, number>()
  const reservations = new Map<string, number>()
  /** Each account has its limit in each region. */
  const unreserved = new Map<string, number>()
  let total = 0
  const scopeOf = (id: string): string => id.slice(0, id.lastIndexOf('/') + 1)
  return {
    enter(name) {
      const scope = scopeOf(name)
      const own = running.get(name) ?? 0
      const limit = reservations.get(name)
      if (limit !== undefined) {
        if (own >= limit) throw tooManyRequests('ReservedFunctionConcurrentInvocationLimitExceeded')
      } else {
        let share = accountLimit
        for (const [id, taken] of reservations) if (id.startsWith(scope)) share -= taken
        const others = unreserved.get(scope) ?? 0
        if (others >= share) throw tooManyRequests('ConcurrentInvocationLimitExceeded')
        unreserved.set(scope, others + 1)
      }
      total++
      running.set(name, own + 1)
      let left = false
      return () => {
        if (left) return
        left = true
        total--
        if (limit === undefined) unreserved.set(scope, (unreserved.get(scope) ?? 1) - 1)
        const now = (running.get(name) ?? 1) - 1
        if (now === 0) running.delete(name)
        else running.set(name, now)
      }
    },
    reserve(name, limit) {
      if (limit === undefined) reservations.delete(name)
      else reservations.set(name, limit)
    },
    reserved: name => reservations.get(name),
    clear: () => reservations.clear(),
    running: name => (name === undefined ? total : (running.get(name) ?? 0)),
  }
}
