import type { Config, LoadedConfig } from '../config/index.ts'
import type { Logger } from '../ports/index.ts'
import type { Project, ProjectChange, ProjectSnapshot } from '../project/index.ts'
import type { TemplateEngine } from '../vtl/index.ts'
import { projectOptions } from './project-options.ts'

/** What became of a change of the project's files, for the terminal. */
export interface ReloadEvent {
  /** Absolute paths. */
  readonly changed: readonly string[]
  readonly milliseconds: number
  /** Functions and APIs that are new or different. */
  readonly reloaded: readonly string[]
  /** Why the last good state is kept. */
  readonly problems: readonly unknown[]
  /** Configuration keys that were changed and only take effect after a restart. */
  readonly needRestart: readonly string[]
}

/** Keys that a running simulator can take over. */
const live: ReadonlySet<string> = new Set([
  'stage',
  'stages',
  'functions',
  'functionDefaults',
  'placeholders',
  'basePath',
  'integrationTimeout',
  'cors',
])

/** What following a project needs. */
export interface ReloadParts {
  readonly project: Project
  readonly loaded: LoadedConfig
  readonly engine: TemplateEngine
  readonly buildDirectory: string
  readonly log: Logger
  readonly use: (snapshot: ProjectSnapshot) => Promise<void>
  readonly onReload: (event: ReloadEvent) => void
  readonly reloadConfig: (() => Promise<LoadedConfig>) | undefined
}

/** Serves each new snapshot, and goes on with the new configuration when its file has changed. */
export function followProject(parts: ReloadParts): void {
  const { project, use, onReload } = parts
  let served = project.snapshot
  let { config, dependencies } = parts.loaded
  let needRestart: readonly string[] = []
  let pending: readonly string[] = []

  const report = async (change: ProjectChange): Promise<void> => {
    const { snapshot, problems = [], milliseconds } = change
    const changed = change.changed.length === 0 ? pending : change.changed
    const reloaded = snapshot === undefined ? [] : differences(served, snapshot)
    if (snapshot !== undefined) {
      served = snapshot
      await use(snapshot)
    }
    onReload({ changed, milliseconds, reloaded, problems, needRestart })
    needRestart = []
    pending = []
  }
  const reconfigure = async (change: ProjectChange): Promise<void> => {
    try {
      const next = await parts.reloadConfig?.()
      if (next === undefined) return
      needRestart = [...new Set([...needRestart, ...restartKeys(config, next.config)])]
      pending = change.changed
      ;({ config, dependencies } = next)
      await project.reconfigure(projectOptions(next, parts.engine, parts.buildDirectory, parts.log))
    } catch (error) {
      onReload({ ...change, reloaded: [], problems: [error], needRestart: [] })
    }
  }

  project.subscribe(change => {
    const configChanged = change.changed.some(file => dependencies.includes(file) || isConfigFile(file))
    // A changed configuration leads to a load of its own, and that one is reported.
    if (configChanged && parts.reloadConfig !== undefined) void reconfigure(change)
    else report(change).catch(error => parts.log.error({ error }, 'A reload failed because of a bug'))
  })
}

function isConfigFile(file: string): boolean {
  return /[\\/]lambdarium\.config\.\w+$/.test(file)
}

/** Changed keys that need a restart. */
function restartKeys(before: Config, after: Config): string[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof Config>
  return [...keys].filter(key => !live.has(key) && JSON.stringify(before[key]) !== JSON.stringify(after[key]))
}

/** Names of the functions and APIs that are not as they were. */
function differences(before: ProjectSnapshot, after: ProjectSnapshot): string[] {
  const names: string[] = []
  for (const api of after.apis) if (!before.apis.includes(api)) names.push(api.id)
  for (const [name, { fingerprint }] of after.functions)
    if (before.functions.get(name)?.fingerprint !== fingerprint) names.push(name)
  for (const name of before.functions.keys()) if (!after.functions.has(name)) names.push(`${name} (gone)`)
  return names
}
