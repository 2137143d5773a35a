import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore, type Store } from '../../../src/stores/index.ts'

/** One engine under test: a fresh store, and how to leave nothing behind. */
export interface Engine {
  readonly name: string
  open(): Promise<{ readonly store: Store; dispose(): Promise<void> }>
}

/** The engines that must pass the same contract. */
export const engines: readonly Engine[] = [
  {
    name: 'memory',
    async open() {
      const store = await openStore({ kind: 'memory' })
      return { store, dispose: () => store.close() }
    },
  },
  {
    name: 'lmdb',
    async open() {
      const directory = await mkdtemp(join(tmpdir(), 'lambdarium-store-'))
      const store = await openStore({ kind: 'lmdb', directory })
      return {
        store,
        async dispose() {
          await store.close()
          await rm(directory, { recursive: true, force: true })
        },
      }
    },
  },
]
