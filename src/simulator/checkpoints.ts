import type { Checkpoints, Clock, StreamSource } from '../ports/index.ts'
import { createStreamSource } from '../services/index.ts'
import { jsonTable, type Store } from '../stores/index.ts'

const table = jsonTable<string>('triggers/checkpoints')

/** Pollers' checkpoints in the simulator's store. */
function createCheckpoints(store: Store): Checkpoints {
  return {
    get: async (poller, shard) => store.read(reader => table.get(reader, poller, shard)),
    put: (poller, shard, position) => store.transaction(writer => table.put(writer, position, poller, shard)),
    forget: poller =>
      store.transaction(writer => {
        for (const [key] of [...table.under(writer, poller)]) table.remove(writer, ...key)
      }),
  }
}

/** What pollers read, and where they keep how far they are: both in the simulator's store. */
export function createPollerStores(
  store: Store,
  clock: Clock,
): { readonly streams: StreamSource; readonly checkpoints: Checkpoints } {
  return { streams: createStreamSource({ store, clock }), checkpoints: createCheckpoints(store) }
}
