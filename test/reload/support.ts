import { onTestFinished } from 'vitest'
import type { Clock } from '../../src/ports/index.ts'
import {
  type OpenProjectOptions,
  openProject,
  type Project,
  type ProjectChange,
} from '../../src/project/index.ts'
import { optionsFor } from '../unit/project/support.ts'

/** Real time: these tests wait for real files. */
export const clock: Pick<Clock, 'elapsed' | 'deadline'> = {
  elapsed: () => performance.now(),
  deadline(milliseconds, run) {
    const timer = setTimeout(run, milliseconds)
    return () => clearTimeout(timer)
  },
}

/** A project under watch, and what became of each change. */
export interface Watched {
  readonly project: Project
  /** Does something to the files and resolves with the first change for which `wanted` holds. */
  after(act: () => void, wanted?: (change: ProjectChange) => boolean): Promise<ProjectChange>
  readonly changes: readonly ProjectChange[]
}

export async function watched(directory: string, more: Partial<OpenProjectOptions> = {}): Promise<Watched> {
  const project = await openProject({ ...optionsFor(directory), clock, ...more })
  onTestFinished(() => project.close())
  const changes: ProjectChange[] = []
  const waiting = new Set<(change: ProjectChange) => void>()
  project.subscribe(change => {
    changes.push(change)
    for (const tell of waiting) tell(change)
  })
  return {
    project,
    changes,
    after: (act, wanted = () => true) =>
      new Promise(resolve => {
        const tell = (change: ProjectChange): void => {
          if (!wanted(change)) return
          waiting.delete(tell)
          resolve(change)
        }
        waiting.add(tell)
        act()
      }),
  }
}
