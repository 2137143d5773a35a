import type { Checkpoints } from '../ports/index.ts'
import { jsonTable, type Store } from '../stores/index.ts'
import type { Claims } from './claims.ts'

const table = jsonTable<string>('triggers/checkpoints')

/** Pollers' checkpoints in the simulator's store; `claims` where other simulators use it too. */
export function createCheckpoints(store: Store, claims: Claims | undefined): Checkpoints {
  const nameOf = (poller: string, shard: string): string => `${poller} ${shard}`
  return {
    get: async (poller, shard) => store.read(reader => table.get(reader, poller, shard)),
    put: (poller, shard, position) =>
      store.transaction(writer => {
        claims?.require(writer, nameOf(poller, shard))
        table.put(writer, position, poller, shard)
      }),
    forget: poller =>
      store.transaction(writer => {
        for (const [key] of [...table.under(writer, poller)]) table.remove(writer, ...key)
      }),
    claim: async (poller, shard) => claims === undefined || claims.take(nameOf(poller, shard)),
    leave: async (poller, shard) => claims?.leave(nameOf(poller, shard)),
  }
}
