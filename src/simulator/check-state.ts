import type { Config } from '../config/index.ts'
import { UserError } from '../lib/index.ts'
import { createRandomIds } from '../ports/index.ts'
import { type CheckedBody, checkBodies } from '../services/s3/index.ts'
import { createCleanup } from './cleanup.ts'
import { openDataFolder } from './data-folder.ts'

/** Reads every S3 body of a simulator that does not run, without changing anything, and says what became of it. */
export async function* checkState(
  config: Pick<Config, 'project' | 'data' | 'ephemeral' | 'store'>,
): AsyncIterable<CheckedBody> {
  if (config.ephemeral) throw new UserError('no-state', 'There is no state: it goes with the process')
  const cleanup = createCleanup()
  const ids = createRandomIds()
  try {
    yield* checkBodies(
      await openDataFolder(config, cleanup, () => ids.token(26, 'abcdefghijklmnopqrstuvwxyz')),
    )
  } finally {
    await cleanup.run()
  }
}
