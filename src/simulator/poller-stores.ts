import type { Config } from '../config/index.ts'
import type { Checkpoints, Clock, Ids, Logger, StreamSource } from '../ports/index.ts'
import { createStreamSource } from '../services/index.ts'
import type { Store } from '../stores/index.ts'
import { createCheckpoints } from './checkpoints.ts'
import { createClaims } from './claims.ts'
import type { Cleanup } from './cleanup.ts'

/** What pollers read, and where they keep how far they are: both in the simulator's store, which others may share. */
export function createPollerStores(
  {
    config,
    store,
    clock,
    ids,
    log,
  }: {
    readonly config: Pick<Config, 'store' | 'account' | 'region'>
    readonly store: Store
    readonly clock: Clock
    readonly ids: Ids
    readonly log: Logger
  },
  cleanup: Cleanup,
): { readonly streams: StreamSource; readonly checkpoints: Checkpoints; readonly isShared: boolean } {
  const isShared = config.store !== undefined
  const claims = isShared ? createClaims(store, clock, ids, log) : undefined
  cleanup.add(() => claims?.stop())
  const { account, region } = config
  return {
    streams: createStreamSource({ store, clock, account, region, isShared }),
    checkpoints: createCheckpoints(store, claims),
    isShared,
  }
}
