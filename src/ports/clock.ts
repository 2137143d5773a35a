/** Undoes what returned it: a timer that is still waiting, a subscription. Calling it twice is harmless. */
export type Cancel = () => void

/**
 * The simulator's time. Everything that AWS does by date (retries, schedules, expiry, lifecycle, signatures) asks
 * this clock, so a test can advance it; what guards a real process (a function's timeout) uses `deadline`.
 */
export interface Clock {
  /** The simulator's present, in milliseconds since 1970. */
  now(): number
  /** Runs `run` once the simulator's time has moved on by `milliseconds`. */
  after(milliseconds: number, run: () => void): Cancel
  /** Real, monotonic milliseconds for measuring durations; never moved by `advance`. */
  elapsed(): number
  /** Runs `run` after real `milliseconds`, whatever the simulator's time does. */
  deadline(milliseconds: number, run: () => void): Cancel
}
