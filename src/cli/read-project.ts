import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LoadedConfig } from '../config/index.ts'
import type { ProjectOptions } from '../project/index.ts'
import { projectOptions, templateEngine } from '../simulator.ts'
import { silentLogger } from './print/silent-logger.ts'

/** Reads a project for a command that starts nothing, with a build folder that goes when it has been read. */
export async function readProject<Result>(
  loaded: LoadedConfig,
  read: (options: ProjectOptions) => Promise<Result>,
): Promise<Result> {
  const build = await mkdtemp(join(tmpdir(), 'lambdarium-build-'))
  try {
    return await read(projectOptions(loaded, await templateEngine(loaded.config), build, silentLogger))
  } finally {
    await rm(build, { recursive: true, force: true })
  }
}
