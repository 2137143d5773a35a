import { mkdir } from 'node:fs/promises'
import { openLmdbStore } from './lmdb-store.ts'
import { openMemoryStore } from './memory-store.ts'
import type { Store } from './store.ts'

/** Which engine keeps the data. */
export type StoreOptions = { readonly kind: 'lmdb'; readonly directory: string } | { readonly kind: 'memory' }

/** Opens the storage under everything durable; `directory` is made where it is missing. */
export async function openStore(options: StoreOptions): Promise<Store> {
  if (options.kind === 'memory') return openMemoryStore()
  await mkdir(options.directory, { recursive: true })
  return openLmdbStore(options.directory)
}
