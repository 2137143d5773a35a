import type { Clock } from '../../src/ports/index.ts'

/** A clock that stands still until `move` is called; timers run in order of their time. */
export function createManualClock(
  start = Date.UTC(2026, 0, 1),
): Clock & { move(milliseconds: number): void } {
  let present = start
  const timers = new Set<{ due: number; run: () => void }>()
  const after = (milliseconds: number, run: () => void) => {
    const timer = { due: present + milliseconds, run }
    timers.add(timer)
    return () => {
      timers.delete(timer)
    }
  }
  return {
    now: () => present,
    elapsed: () => present - start,
    after,
    deadline: after,
    move(milliseconds) {
      const target = present + milliseconds
      for (;;) {
        const [next] = [...timers].filter(timer => timer.due <= target).sort((a, b) => a.due - b.due)
        if (next === undefined) break
        timers.delete(next)
        present = next.due
        next.run()
      }
      present = target
    },
  }
}
