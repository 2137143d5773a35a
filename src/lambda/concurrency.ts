import { tooManyRequests } from './lambda-error.ts'

/** Counts invocations under way and refuses what goes beyond the limits. */
export interface Concurrency {
  /** Counts one more or throws `TooManyRequestsException`; the answer counts it out again. Ids are `account/region/name`. */
  enter(id: string, version: string): () => void
  /** Undefined: the function shares what is not reserved. */
  reserve(id: string, limit: number | undefined): void
  reserved(id: string): number | undefined
  /** What is provisioned, by `id:version`, in place of what was. */
  provision(counts: ReadonlyMap<string, number>): void
  /** Takes all reservations away. */
  clear(): void
  running(id?: string): number
}

/**
 * Reserved concurrency is both the function's ceiling and taken from everybody else's share; what a version has
 * provisioned is its own and taken from its function's reservation, or else from everybody's share.
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
 */
export function createConcurrency(accountLimit: number): Concurrency {
  const running = new Counts()
  const reservations = new Map<string, number>()
  let provisioned: ReadonlyMap<string, number> = new Map()
  /** Of `provisioned`, by function. */
  const provisionedSums = new Counts()
  /** Places that are taken: of a version's provisioned ones, of a reservation, of an account and region. */
  const taken = new Counts()
  let total = 0
  const scopeOf = (id: string): string => id.slice(0, id.lastIndexOf('/') + 1)
  /** Which of the places an invocation takes. */
  const placeFor = (id: string, version: string): string => {
    const own = `${id}:${version}`
    if (taken.of(own) < (provisioned.get(own) ?? 0)) return own
    const limit = reservations.get(id)
    if (limit !== undefined) {
      if (taken.of(id) >= limit - provisionedSums.of(id))
        throw tooManyRequests('ReservedFunctionConcurrentInvocationLimitExceeded')
      return id
    }
    const scope = scopeOf(id)
    let share = accountLimit
    for (const [other, count] of reservations) if (other.startsWith(scope)) share -= count
    for (const [other, count] of provisionedSums.entries())
      if (other.startsWith(scope) && !reservations.has(other)) share -= count
    if (taken.of(scope) >= share) throw tooManyRequests('ConcurrentInvocationLimitExceeded')
    return scope
  }
  return {
    enter(id, version) {
      const place = placeFor(id, version)
      taken.add(place, 1)
      running.add(id, 1)
      total++
      let left = false
      return () => {
        if (left) return
        left = true
        total--
        taken.add(place, -1)
        running.add(id, -1)
      }
    },
    reserve(id, limit) {
      if (limit === undefined) reservations.delete(id)
      else reservations.set(id, limit)
    },
    reserved: id => reservations.get(id),
    provision(counts) {
      provisioned = counts
      provisionedSums.clear()
      for (const [key, count] of counts) provisionedSums.add(key.slice(0, key.lastIndexOf(':')), count)
    },
    clear: () => reservations.clear(),
    running: id => (id === undefined ? total : running.of(id)),
  }
}

/** Numbers by name, 0 where nothing was added. */
class Counts {
  readonly #counts = new Map<string, number>()

  of(name: string): number {
    return this.#counts.get(name) ?? 0
  }

  add(name: string, difference: number): void {
    const count = this.of(name) + difference
    if (count === 0) this.#counts.delete(name)
    else this.#counts.set(name, count)
  }

  entries(): Iterable<[string, number]> {
    return this.#counts
  }

  clear(): void {
    this.#counts.clear()
  }
}
