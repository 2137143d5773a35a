import type { ServiceEnvironment } from '../../aws/index.ts'
import { createItemExpiry } from './expire-items.ts'
import type { DynamoDbState } from './state.ts'
import { createItemCounts } from './table-counts.ts'
import { startTrimming } from './trim-streams.ts'

/** A state whose expired items and stream records are removed from now on. */
export function createState(
  environment: ServiceEnvironment,
  { tableDelay, tableMade, objects }: Pick<DynamoDbState, 'tableDelay' | 'tableMade' | 'objects'>,
): DynamoDbState {
  const { store, clock, ids, log, activity, events, chaos } = environment
  const parts = {
    store,
    clock,
    ids,
    log,
    activity,
    events,
    tableDelay,
    tableMade,
    objects,
    jobs: new Set<string>(),
    compiled: new Map(),
    ...(chaos === undefined ? {} : { chaos }),
  }
  const counts = createItemCounts(parts)
  const expiry = createItemExpiry({ ...parts, counts })
  expiry.look()
  const stopTrimming = startTrimming(parts)
  return {
    ...parts,
    counts,
    expiry: {
      look: expiry.look,
      stop() {
        expiry.stop()
        stopTrimming()
        counts.stop()
      },
    },
  }
}
