import { createProjectLoader, type LoadedProject } from './loader.ts'
import type { ProjectOptions } from './options.ts'

/** Loads a project once. Throws a `ProjectError` with every problem where it cannot be served. */
export async function loadProject(options: ProjectOptions): Promise<LoadedProject> {
  const loader = createProjectLoader(options)
  try {
    return await loader.load()
  } finally {
    await loader.close()
  }
}
