import type { Cancel } from '../../ports/index.ts'
import { oldestKept } from './read-events.ts'
import { batches, groups, type LogsState } from './state.ts'

const interval = 86_400_000

/** Removes what is older than its group's retention, once a day of the simulator's time; reads hide it before that. */
export function sweepRetention(state: Pick<LogsState, 'store' | 'clock' | 'log'>): Cancel {
  const { store, clock, log } = state
  let cancel: Cancel = () => {}
  const sweep = async (): Promise<void> => {
    await store.transaction(writer => {
      for (const [[account = '', region = ''], group] of [...groups.under(writer)]) {
        const oldest = oldestKept(group, clock.now())
        if (oldest === 0) continue
        for (const [key, { events }] of [...batches.under(writer, account, region, group.name)]) {
          const [last = 0] = events.at(-1) ?? []
          if (last < oldest) batches.remove(writer, ...key)
        }
      }
    })
  }
  const arm = (): void => {
    cancel = clock.after(interval, () => {
      sweep().catch(error => log.error({ error }, 'old log events could not be removed'))
      arm()
    })
  }
  arm()
  return () => cancel()
}
