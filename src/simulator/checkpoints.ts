import type { Checkpoints } from '../ports/index.ts'
import { jsonTable, type Store } from '../stores/index.ts'

const table = jsonTable<string>('triggers/checkpoints')

/** Pollers' checkpoints in the simulator's store. */
export function createCheckpoints(store: Store): Checkpoints {
  return {
    get: async (poller, shard) => store.read(reader => table.get(reader, poller, shard)),
    put: (poller, shard, position) => store.transaction(writer => table.put(writer, position, poller, shard)),
    forget: poller =>
      store.transaction(writer => {
        for (const [key] of [...table.under(writer, poller)]) table.remove(writer, ...key)
      }),
  }
}
