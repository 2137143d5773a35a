import type { ServiceEnvironment } from '../../aws/index.ts'
import { noItems } from './describe-table.ts'
import { noBuckets } from './no-buckets.ts'
import type { DynamoDbState } from './state.ts'

/** A state in which nothing happens by itself: for the streams' API, and where another engine keeps the tables. */
export function createPassiveState(environment: ServiceEnvironment): DynamoDbState {
  const { store, clock, ids, log, activity, events } = environment
  return {
    store,
    clock,
    ids,
    log,
    activity,
    events,
    tableDelay: 0,
    tableMade: async () => {},
    objects: noBuckets,
    jobs: new Set(),
    compiled: new Map(),
    counts: { of: async () => noItems, stop() {} },
    expiry: { look() {}, stop() {} },
  }
}
