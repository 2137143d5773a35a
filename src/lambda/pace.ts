import type { Clock } from '../ports/index.ts'
import type { ExecutionEnvironment } from './execution-environment.ts'

/** How fast functions have been lately, which says how long a caller would wait for an environment that is busy. */
export interface Paces {
  /** An environment is given to a caller. */
  begin(key: string, environment: ExecutionEnvironment): void
  /** It came back. */
  end(key: string, environment: ExecutionEnvironment): void
  /**
   * Milliseconds until `waiting` callers are served by the environments that are busy now and those that are being
   * started; infinite where nothing is known.
   */
  waitFor(key: string, waiting: number, starting: number): number
  /** Forgets the code that none of these environments runs. */
  keep(keys: ReadonlySet<string>): void
}

/** What is usual falls at once and rises by this share of the difference. */
const slower = 0.15

/** Measures paces; `key` stands for one function's code. */
export function createPaces(clock: Clock): Paces {
  const paces = new Map<string, { usual: number | undefined; busy: number }>()
  return {
    begin(key, environment) {
      environment.leasedAt = clock.elapsed()
      const pace = paces.get(key)
      if (pace === undefined) paces.set(key, { usual: undefined, busy: 1 })
      else pace.busy++
    },
    end(key, environment) {
      const pace = paces.get(key)
      if (environment.leasedAt === undefined || pace === undefined) return
      const duration = clock.elapsed() - environment.leasedAt
      environment.leasedAt = undefined
      pace.busy--
      // The first ones of a process, and those that the machine holds up, say little about the next.
      if (pace.usual === undefined || duration < pace.usual) pace.usual = duration
      else pace.usual += slower * (Math.min(duration, 4 * pace.usual + 1) - pace.usual)
    },
    waitFor(key, waiting, starting) {
      const { usual, busy } = paces.get(key) ?? { usual: undefined, busy: 0 }
      return usual === undefined || busy === 0
        ? Number.POSITIVE_INFINITY
        : (usual * waiting) / (busy + starting)
    },
    keep(keys) {
      for (const key of paces.keys()) if (!keys.has(key)) paces.delete(key)
    },
  }
}
