import { resolve, sep } from 'node:path'
import type { UserError } from '../lib/index.ts'
import type { Cancel, Clock } from '../ports/index.ts'
import { createChangeQueue } from './change-queue.ts'
import { createProjectLoader } from './loader.ts'
import type { ProjectOptions } from './options.ts'
import { ProjectError } from './problems.ts'
import { relevance } from './relevance.ts'
import type { ProjectSnapshot } from './snapshot.ts'
import { type ProjectWatcher, watchProject } from './watch.ts'

/** What a project that stays open needs besides. */
export interface OpenProjectOptions extends ProjectOptions {
  /** Measures how long a reload took, and waits until saving is over. */
  readonly clock: Pick<Clock, 'elapsed' | 'deadline'>
  /** Default: true. */
  readonly watch?: boolean | undefined
}

/** What became of a change: a new snapshot, or the problems for which the last good one stays. */
export interface ProjectChange {
  readonly snapshot?: ProjectSnapshot
  readonly problems?: readonly UserError[]
  /** Absolute paths, sorted; empty where `reload` or `reconfigure` was called. */
  readonly changed: readonly string[]
  /** From the first change to the moment the snapshot could be served. */
  readonly milliseconds: number
}

/** A project that follows its files. */
export interface Project {
  /** The last good one. */
  readonly snapshot: ProjectSnapshot
  subscribe(listener: (change: ProjectChange) => void): Cancel
  /** Reads everything again. */
  reload(): Promise<void>
  /** Goes on with other options; the folder stays. */
  reconfigure(options: ProjectOptions): Promise<void>
  close(): Promise<void>
}

/** Loads a project and keeps it up to date. Throws a `ProjectError` where it cannot be served as it is now. */
export async function openProject(options: OpenProjectOptions): Promise<Project> {
  const { clock, log } = options
  const directory = resolve(options.directory)
  const absolute = (files: readonly string[] | undefined): string[] =>
    (files ?? []).map(file => resolve(directory, file))
  let also = absolute(options.watchAlso)
  let loader = createProjectLoader(options)
  const loading = loader.load()
  // Assigned once the first load is done; nothing reads it before.
  let snapshot: ProjectSnapshot
  let closed = false
  let watcher: ProjectWatcher | undefined
  let last: Promise<void> = loading.then(
    () => {},
    () => {},
  )
  const listeners = new Set<(change: ProjectChange) => void>()

  const concerns = relevance(directory, path => loader.files().has(path) || also.includes(path))

  const load = async (paths: ReadonlySet<string> | undefined, since: number): Promise<void> => {
    if (closed) return
    const changed = [...(paths ?? [])].sort()
    let change: ProjectChange
    try {
      snapshot = (await loader.load(paths)).snapshot
      change = { snapshot, changed, milliseconds: clock.elapsed() - since }
    } catch (error) {
      if (!(error instanceof ProjectError)) throw error
      change = { problems: error.problems, changed, milliseconds: clock.elapsed() - since }
    }
    watcher?.follow([...loader.files(), ...also])
    for (const listener of listeners) listener(change)
  }
  /** One after another, so that no older snapshot overtakes a newer one. */
  const enqueue = (task: () => Promise<void>): Promise<void> => {
    const run = last.then(task)
    last = run.catch(error => log.error({ err: error }, 'The project could not be reloaded'))
    return run
  }
  const queue = createChangeQueue(clock, (paths, since) => {
    enqueue(() => load(paths, since)).catch(() => {})
  })
  /** A folder that came or went takes along what was read below it. */
  const onEvent = (path: string): void => {
    if (concerns(path)) queue.add(path)
    for (const file of loader.files()) if (file.startsWith(path + sep)) queue.add(file)
  }
  const onError = (error: unknown): void =>
    log.warn({ err: error }, 'Changes of some files are not seen; the system may watch no more files')
  // Watching begins while the files are read, so that nothing is missed in between.
  const watching = options.watch === false ? undefined : watchProject(directory, also, onEvent, onError)
  try {
    ;[{ snapshot }, watcher] = await Promise.all([loading, watching])
  } catch (error) {
    closed = true
    queue.cancel()
    await (await watching)?.close()
    await loader.close()
    throw error
  }
  watcher?.follow([...loader.files(), ...also])

  return {
    get snapshot() {
      return snapshot
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    reload: () => enqueue(() => load(undefined, clock.elapsed())),
    reconfigure: changedOptions =>
      enqueue(async () => {
        const before = loader
        also = absolute(changedOptions.watchAlso)
        loader = createProjectLoader({ ...changedOptions, directory }, snapshot.version + 1)
        await load(undefined, clock.elapsed())
        await before.close()
      }),
    async close() {
      closed = true
      queue.cancel()
      await watcher?.close()
      await last
      await loader.close()
      listeners.clear()
    },
  }
}
