import { defineService, type ServiceDefinition } from '../../aws/index.ts'
import { access } from './access.ts'
import { createFollowers } from './followers.ts'
import { createLogWriter, type LogWriter } from './log-writer.ts'
import * as operations from './operations/index.ts'
import { sweepRetention } from './retention.ts'
import type { Arrival, LogsState } from './state.ts'

export type { Arrival as LogArrival } from './state.ts'

type Needs = Parameters<typeof createLogWriter>[0]

/** CloudWatch Logs with the way in for what functions print. */
export interface Logs {
  readonly service: ServiceDefinition
  /** Keeps what a function printed; the group and stream are made where they are missing. */
  write(arrival: Arrival): Promise<void>
}

/** CloudWatch Logs: groups, streams, events, filters, subscriptions of functions. Queries (Logs Insights) answer 501. */
export function createLogs(needs: Needs): Logs {
  const followers = createFollowers()
  const writer: LogWriter = createLogWriter(needs, followers)
  const service = defineService<LogsState & { readonly stopSweeping: () => void }>({
    id: 'logs',
    createState({ store, clock, ids, log, activity, functions }) {
      const state: LogsState = {
        store,
        clock,
        ids,
        log,
        activity,
        functions,
        followers,
        append: arrival => writer.write(arrival, false),
        flushed: writer.flushed,
      }
      return { ...state, stopSweeping: sweepRetention(state) }
    },
    operations,
    access,
    startsAtOnce: true,
    stop({ stopSweeping }) {
      followers.end()
      stopSweeping()
      return writer.flushed()
    },
    async reset(state) {
      await writer.flushed()
      writer.reset()
      await state.store.clear('logs/')
    },
  })
  return { service, write: arrival => writer.write(arrival, true) }
}
