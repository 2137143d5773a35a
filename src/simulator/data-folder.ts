import { existsSync, rmSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Config, type DataLock, lockData } from '../config/index.ts'
import { UserError } from '../lib/index.ts'
import { type Blobs, openBlobs, openStore, type Store, type StoreOptions } from '../stores/index.ts'
import type { Cleanup } from './cleanup.ts'

/** Where one simulator keeps things. */
export interface DataFolder {
  /** What survives; undefined when nothing does. */
  readonly kept: string | undefined
  /** Bundles of handlers, environments of functions: goes with the process. */
  readonly temporary: string
  readonly store: Store
  readonly blobs: Blobs
  readonly lock: DataLock | undefined
}

/** Opens the project's data folder, or one that goes with the process, and the store in it. */
export async function openDataFolder(
  { project, data, ephemeral, store: url }: Pick<Config, 'project' | 'data' | 'ephemeral' | 'store'>,
  cleanup: Cleanup,
  newId: () => string,
): Promise<DataFolder> {
  const temporary = await mkdtemp(join(tmpdir(), 'lambdarium-'))
  // Also when somebody does not wait for the end (a second Ctrl+C).
  const removeAtExit = (): void => rmSync(temporary, { recursive: true, force: true })
  process.once('exit', removeAtExit)
  cleanup.add(async () => {
    await rm(temporary, { recursive: true, force: true, maxRetries: 5 })
    process.off('exit', removeAtExit)
  })
  if (ephemeral) {
    const store = await opened(url === undefined ? { kind: 'memory' } : { kind: 'postgres', url })
    cleanup.add(() => store.close())
    const blobs = await openBlobs({ kind: 'ephemeral', newId })
    cleanup.add(() => blobs.close())
    return { kept: undefined, temporary, store, blobs, lock: undefined }
  }
  const kept = data ?? join(project, '.lambdarium')
  const lock = await lockData(kept)
  cleanup.add(() => lock.release())
  // State is nobody's source: a folder inside the project ignores itself.
  if (!existsSync(join(kept, '.gitignore'))) await writeFile(join(kept, '.gitignore'), '*\n')
  const store = await opened(
    url === undefined ? { kind: 'lmdb', directory: join(kept, 'store') } : { kind: 'postgres', url },
  )
  cleanup.add(() => store.close())
  const blobs = await openBlobs({ kind: 'directory', directory: join(kept, 'blobs'), newId })
  cleanup.add(() => blobs.close())
  return { kept, temporary, store, blobs, lock }
}

/** A database that cannot be reached is the user's to mend; its URL is told without the password. */
async function opened(options: StoreOptions): Promise<Store> {
  try {
    return await openStore(options)
  } catch (error) {
    if (options.kind !== 'postgres') throw error
    const shown = options.url
      .replace(/^(\w+:\/\/[^:@/]*):[^/?#]*@/, '$1:…@')
      .replace(/([?&](?:ssl)?password=)[^&#]*/gi, '$1…')
    const reason = error instanceof Error ? error.message : String(error)
    throw new UserError('store-unreachable', `The store ${shown} could not be opened: ${reason}`, {
      hint: 'Is the PostgreSQL server running, and does the user own the database?',
      cause: error,
    })
  }
}
