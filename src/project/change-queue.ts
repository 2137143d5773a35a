import { statSync } from 'node:fs'
import type { Cancel, Clock } from '../ports/index.ts'

/** Collects what changes until it is quiet. */
export interface ChangeQueue {
  add(path: string): void
  cancel(): void
}

/** Milliseconds without an event after which a save is over … */
const quiet = 8
/** … but a `git checkout` is served in parts rather than later than that. */
const longest = 60
/** An editor that truncates before it writes leaves an empty file for a moment. */
const emptyWait = 30

/**
 * Calls `flush` with every path that is different from when it was last flushed, and with the time of the first event.
 * The file system tells one save several times, now and then after it was already read.
 */
export function createChangeQueue(
  clock: Pick<Clock, 'elapsed' | 'deadline'>,
  flush: (paths: ReadonlySet<string>, since: number) => void,
): ChangeQueue {
  const flushed = new Map<string, string>()
  let paths = new Set<string>()
  let since = 0
  let waiting: Cancel | undefined
  let waitedForEmpty = false

  const due = (): void => {
    waiting = undefined
    const states = new Map([...paths].map(path => [path, stateOf(path)]))
    for (const [path, state] of states) if (flushed.get(path) === state) paths.delete(path)
    if (!waitedForEmpty && [...paths].some(path => states.get(path)?.startsWith('0 '))) {
      waitedForEmpty = true
      waiting = clock.deadline(emptyWait, due)
      return
    }
    const collected = paths
    paths = new Set()
    waitedForEmpty = false
    if (flushed.size > 10_000) flushed.clear()
    for (const path of collected) flushed.set(path, states.get(path) ?? '')
    if (collected.size > 0) flush(collected, since)
  }
  return {
    add(path) {
      const now = clock.elapsed()
      if (paths.size === 0) since = now
      paths.add(path)
      waiting?.()
      waiting = clock.deadline(Math.max(0, Math.min(quiet, since + longest - now)), due)
    },
    cancel() {
      waiting?.()
      waiting = undefined
      paths = new Set()
    },
  }
}

/** Size first; what tells two contents of one path apart without reading them. */
function stateOf(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats === undefined) return 'absent'
  if (stats.isDirectory()) return `folder ${stats.mtimeMs} ${stats.ino}`
  return `${stats.size} ${stats.mtimeMs} ${stats.ctimeMs} ${stats.ino}`
}
