import type { Stats } from 'node:fs'
import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path'
import { watch } from 'chokidar'

/** Tells when files of a project change. */
export interface ProjectWatcher {
  /** Watches these files too, wherever they are; those of the last call that are not named again are let go. */
  follow(files: Iterable<string>): void
  close(): Promise<void>
}

const roots = new Set(['swagger', 'mapping-templates', 'handlers', '.env'])
/** Of these only Python's modules: whatever else a function takes from here is followed by name once it was built. */
const moduleRoots = new Set(['lib', 'src'])
const ignoredNames = new Set([
  'node_modules',
  '.git',
  '.lambdarium',
  '__pycache__',
  '.venv',
  'venv',
  '.DS_Store',
])
/** What editors write beside the file that is saved. */
const editorFile = /(~|\.sw[a-p]x?|\.tmp|\.pyc|___jb_\w+___)$|^(4913|\.#.*|#.*#)$/

/**
 * Watches the folders and files that a project consists of; they need not exist yet. Resolves once changes are seen.
 * `onEvent` hears every event, several for one save: chokidar's own `change` leaves out a second save within 50 ms.
 */
export async function watchProject(
  directory: string,
  also: readonly string[],
  onEvent: (path: string) => void,
  onError: (error: unknown) => void,
): Promise<ProjectWatcher> {
  const extra = new Set(also)
  /** The first name of a path of the project that is looked at; '' is the project's folder. */
  const topOf = (path: string): string | undefined => {
    const inside = relative(directory, path)
    if (inside.startsWith('..')) return undefined
    const segments = inside.split(sep)
    return segments.some(name => ignoredNames.has(name)) ? undefined : segments[0]
  }
  const coversFolder = (path: string): boolean => {
    const top = topOf(path)
    if (top === undefined) return false
    return top === '' || roots.has(top) || moduleRoots.has(top) || /^lambdarium\.config\.\w+$/.test(top)
  }
  const covered = (path: string): boolean =>
    coversFolder(path) && (!moduleRoots.has(topOf(path) ?? '') || ['', '.py'].includes(extname(path)))
  /** A single file is watched through its folder, since saving may put another file in its place. */
  const leadsToExtra = (path: string): boolean => {
    for (const file of extra)
      if (file === path || dirname(file) === path || path.startsWith(file + sep)) return true
    return false
  }
  const wanted = (path: string, stats?: Stats): boolean =>
    (stats?.isFile() ? covered(path) : coversFolder(path)) || leadsToExtra(path)
  const watcher = watch([directory, ...also.map(file => dirname(file))], {
    ignored: (path, stats) => !wanted(resolve(path), stats),
    ignoreInitial: true,
    // Waiting for the second half of an atomic save would cost 100 ms; the reload waits until events have ceased.
    atomic: false,
  })
  const hear = (path: string): void => {
    if (!editorFile.test(basename(path)) && path !== directory && (covered(path) || extra.has(path)))
      onEvent(path)
  }
  watcher.on('all', (_event, path) => hear(resolve(path)))
  watcher.on('raw', (_event, name, details) => {
    const { watchedPath } = details as { readonly watchedPath?: string }
    if (watchedPath === undefined || typeof name !== 'string') return
    const place = resolve(watchedPath)
    hear(basename(place) === name ? place : join(place, name))
  })
  watcher.on('error', onError)
  await new Promise<void>(done => watcher.once('ready', done))
  let followed = new Set(also.filter(file => !covered(file)))
  return {
    follow(files) {
      const outside = new Set([...files].filter(file => !covered(file)))
      for (const file of followed) if (!outside.has(file)) extra.delete(file)
      for (const file of outside) extra.add(file)
      const before = new Set([...followed].map(dirname))
      const after = new Set([...outside].map(dirname))
      const gone = [...before].filter(folder => !after.has(folder) && !coversFolder(folder))
      const fresh = [...after].filter(folder => !before.has(folder) && !coversFolder(folder))
      if (gone.length > 0) watcher.unwatch(gone)
      if (fresh.length > 0) watcher.add(fresh)
      followed = outside
    },
    close: () => watcher.close(),
  }
}
