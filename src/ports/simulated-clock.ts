import type { Cancel, Clock } from './clock.ts'

/** A span of simulated time; the parts add up. */
export interface Duration {
  readonly days?: number
  readonly hours?: number
  readonly minutes?: number
  readonly seconds?: number
  readonly milliseconds?: number
}

/** A clock that runs with real time and can be moved on. */
export interface SimulatedClock extends Clock {
  /**
   * Moves the simulator's time on by `duration`, running what falls due on the way in order of its time; waits after
   * each for everything it set going to settle, so that a schedule every minute runs sixty times in an hour.
   */
  advance(duration: Duration): Promise<void>
  /** Forgets what was advanced: the simulator's present is the real one again. Waiting timers keep their remaining time. */
  reset(): void
  /** Drops all waiting timers. */
  stop(): void
}

interface Timer {
  due: number
  readonly order: number
  readonly run: () => void
}

/** `setTimeout` counts in 32 bits; longer waits are made of several. */
const longestTimeout = 2 ** 31 - 1

/** How many milliseconds a duration has. */
export function millisecondsOf(duration: Duration): number {
  const { days = 0, hours = 0, minutes = 0, seconds = 0, milliseconds = 0 } = duration
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000 + milliseconds
}

/** Makes the simulator's clock; `settled` is awaited between the timers that `advance` runs. */
export function createSimulatedClock(settled: () => Promise<void> = async () => {}): SimulatedClock {
  let offset = 0
  let count = 0
  let advancing: Promise<void> = Promise.resolve()
  let alarm: NodeJS.Timeout | undefined
  let alarmAt = Number.POSITIVE_INFINITY
  const waiting = new Set<Timer>()

  const now = (): number => Date.now() + offset
  const earliest = (until: number): Timer | undefined => {
    let first: Timer | undefined
    for (const timer of waiting) {
      if (timer.due > until) continue
      if (
        first === undefined ||
        timer.due < first.due ||
        (timer.due === first.due && timer.order < first.order)
      )
        first = timer
    }
    return first
  }
  const arm = (): void => {
    let next = Number.POSITIVE_INFINITY
    for (const timer of waiting) next = Math.min(next, timer.due)
    if (next === alarmAt) return
    clearTimeout(alarm)
    alarm = undefined
    alarmAt = next
    if (next === Number.POSITIVE_INFINITY) return
    alarm = setTimeout(ring, Math.min(Math.max(0, next - now()), longestTimeout))
    // A waiting schedule does not keep a process alive; the doors do.
    alarm.unref()
  }
  const ring = (): void => {
    alarm = undefined
    alarmAt = Number.POSITIVE_INFINITY
    const present = now()
    try {
      for (let timer = earliest(present); timer !== undefined; timer = earliest(present)) {
        waiting.delete(timer)
        timer.run()
      }
    } finally {
      arm()
    }
  }
  const moveTo = (time: number): void => {
    offset += Math.max(0, time - now())
  }

  return {
    now,
    after(milliseconds, run): Cancel {
      const timer: Timer = { due: now() + Math.max(0, milliseconds), order: count++, run }
      waiting.add(timer)
      if (timer.due < alarmAt) arm()
      return () => {
        if (waiting.delete(timer) && timer.due === alarmAt) arm()
      }
    },
    elapsed: () => performance.now(),
    deadline(milliseconds, run): Cancel {
      const timer = setTimeout(run, Math.min(milliseconds, longestTimeout))
      timer.unref()
      return () => clearTimeout(timer)
    },
    advance(duration) {
      const step = async (): Promise<void> => {
        await settled()
        const target = now() + millisecondsOf(duration)
        for (let timer = earliest(target); timer !== undefined; timer = earliest(target)) {
          waiting.delete(timer)
          moveTo(timer.due)
          timer.run()
          await settled()
        }
        moveTo(target)
        alarmAt = Number.NaN
        arm()
      }
      // Two callers advance one after the other; a failure belongs to its own caller.
      const done = advancing.then(step)
      advancing = done.catch(() => {})
      return done
    },
    reset() {
      for (const timer of waiting) timer.due -= offset
      offset = 0
      alarmAt = Number.NaN
      arm()
    },
    stop() {
      waiting.clear()
      arm()
    },
  }
}
