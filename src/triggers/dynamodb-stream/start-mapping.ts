import { type Alarm, createAlarm } from './alarm.ts'
import type { StreamMapping } from './event-source-mapping.ts'
import { pollLane } from './poll-lane.ts'
import type { PollerParts } from './poller-parts.ts'

/** A mapping at work. */
export interface RunningMapping {
  readonly mapping: StreamMapping
  /** Its stream has grown. */
  wake(): void
  /** Ends its tasks; answers when the last invocation is over. Checkpoints stay. */
  stop(): Promise<void>
}

/**
 * Starts polling: a task for each shard (and each of its concurrent batches), so that a failing batch holds up its own
 * shard only. Serves both the configuration's triggers and CreateEventSourceMapping.
 */
export async function startMapping(parts: PollerParts, mapping: StreamMapping): Promise<RunningMapping> {
  const shards = await parts.streams.shards(mapping.eventSourceArn)
  const alarms: Alarm[] = []
  const tasks: Promise<void>[] = []
  for (const shardId of shards) {
    for (let lane = 0; lane < mapping.parallelizationFactor; lane++) {
      const alarm = createAlarm(parts.clock, parts.activity, `stream of ${mapping.functionName}`)
      const key =
        mapping.parallelizationFactor === 1 ? shardId : `${shardId} ${lane}/${mapping.parallelizationFactor}`
      alarms.push(alarm)
      tasks.push(pollLane(parts, mapping, alarm, { shardId, lane, key }))
    }
  }
  return {
    mapping,
    wake() {
      for (const alarm of alarms) alarm.wake()
    },
    async stop() {
      for (const alarm of alarms) alarm.stop()
      await Promise.all(tasks)
    },
  }
}
