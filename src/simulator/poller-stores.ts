import type { Config } from '../config/index.ts'
import type { Checkpoints, Clock, Ids, Logger, StreamSource } from '../ports/index.ts'
import { createStreamSource } from '../services/index.ts'
import type { Store } from '../stores/index.ts'
import { createCheckpoints } from './checkpoints.ts'
import type { Claims } from './claims.ts'

/** What the stores of pollers are made of. */
export interface PollerStoresParts {
  readonly config: Pick<Config, 'store' | 'account' | 'region'>
  readonly store: Store
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Logger
  /** Where others use the store too. */
  readonly claims: Claims | undefined
}

/** What pollers read, and where they keep how far they are. */
export interface PollerStores {
  readonly streams: StreamSource
  readonly checkpoints: Checkpoints
  /** Tables and records come without an event of this simulator. */
  readonly isShared: boolean
}

/** Both in the simulator's store, which others may share; `external` are the streams of another engine. */
export function createPollerStores(
  { config, store, clock, claims }: PollerStoresParts,
  external: StreamSource | undefined,
): PollerStores {
  const isShared = config.store !== undefined
  const { account, region } = config
  return {
    streams: external ?? createStreamSource({ store, clock, account, region, isShared }),
    checkpoints: createCheckpoints(store, claims),
    isShared: isShared || external !== undefined,
  }
}
