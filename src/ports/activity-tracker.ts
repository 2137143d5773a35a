import type { Activity } from './activity.ts'

/** An `Activity` that can be waited for. */
export interface ActivityTracker extends Activity {
  /** Resolves once nothing is going on, also not a turn of the event loop later. */
  idle(): Promise<void>
  /** What is going on now, by label, for the message of whoever waits in vain. */
  active(): Readonly<Record<string, number>>
}

/** Counts what is going on, for `simulator.idle()`. */
export function createActivityTracker(): ActivityTracker {
  const labels = new Map<string, number>()
  let running = 0
  let begun = 0
  let waiters: (() => void)[] = []

  const quiet = (): Promise<void> =>
    running === 0 ? Promise.resolve() : new Promise(resolve => waiters.push(resolve))
  const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

  return {
    begin(label) {
      running++
      begun++
      labels.set(label, (labels.get(label) ?? 0) + 1)
      let ended = false
      return () => {
        if (ended) return
        ended = true
        running--
        const left = (labels.get(label) ?? 1) - 1
        if (left === 0) labels.delete(label)
        else labels.set(label, left)
        if (running > 0) return
        const woken = waiters
        waiters = []
        for (const wake of woken) wake()
      }
    },
    async idle() {
      // What has just ended may set going what follows from it only in a later turn, so quiet must last for two.
      for (;;) {
        await quiet()
        const before = begun
        await turn()
        await turn()
        if (running === 0 && begun === before) return
      }
    },
    active: () => Object.fromEntries(labels),
  }
}
