import { mkdir } from 'node:fs/promises'
import { openLmdbStore } from './lmdb/open-lmdb-store.ts'
import { openMemoryStore } from './memory-store.ts'
import { openPostgresStore } from './postgres/open-postgres-store.ts'
import type { Store } from './store.ts'

/** Which engine keeps the data. */
export type StoreOptions =
  /** One process at a time. */
  | { readonly kind: 'lmdb'; readonly directory: string }
  | { readonly kind: 'memory' }
  /** `postgres://…`, for several simulators on one database. */
  | { readonly kind: 'postgres'; readonly url: string }

/** Opens the storage under everything durable; `directory` is made where it is missing. */
export async function openStore(options: StoreOptions): Promise<Store> {
  if (options.kind === 'memory') return openMemoryStore()
  if (options.kind === 'postgres') return openPostgresStore(options.url)
  await mkdir(options.directory, { recursive: true })
  return openLmdbStore(options.directory)
}
