import type { StreamShard } from '../../ports/index.ts'
import { createTroubles } from '../troubles.ts'
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
 * shard only. A shard waits for its parent, and one that appears later is joined. Serves both the configuration's
 * triggers and CreateEventSourceMapping.
 */
export async function startMapping(parts: PollerParts, mapping: StreamMapping): Promise<RunningMapping> {
  const { parallelizationFactor: lanes, uuid, eventSourceArn } = mapping
  const alarms = new Set<Alarm>()
  const tasks = new Map<string, Promise<void>>()
  const troubles = createTroubles(parts.log, { mapping: uuid })
  let stopped = false

  const keyOf = (shardId: string, lane: number): string =>
    lanes === 1 ? shardId : `${shardId} ${lane}/${lanes}`

  async function pollShard(id: string, parent: Promise<void> | undefined, isNew: boolean): Promise<void> {
    await parent
    if (stopped) return
    const startingPosition = isNew ? 'TRIM_HORIZON' : mapping.startingPosition
    await Promise.all(
      Array.from({ length: lanes }, async (_, lane) => {
        const alarm = createAlarm(parts.clock, parts.activity, `stream of ${mapping.functionName}`)
        alarms.add(alarm)
        await pollLane(parts, mapping, alarm, {
          shardId: id,
          lane,
          key: keyOf(id, lane),
          startingPosition,
        })
        alarm.stop()
        alarms.delete(alarm)
      }),
    )
  }

  async function join(isLater: boolean): Promise<void> {
    const shards = new Map((await parts.streams.shards(eventSourceArn)).map(shard => [shard.id, shard]))
    // A shard whose parent was read here goes on where that one ended, also after a restart.
    const continues = async ({ parentId }: StreamShard): Promise<boolean> =>
      isLater ||
      (parentId !== undefined &&
        (await parts.checkpoints.get(uuid, keyOf(parentId, lanes === 1 ? 0 : lanes - 1))) !== undefined)
    const fresh = await Promise.all(
      [...shards.values()]
        .filter(({ id }) => !tasks.has(id))
        .map(async shard => ({ ...shard, isNew: await continues(shard) })),
    )
    const start = (id: string): Promise<void> | undefined => {
      const shard = fresh.find(one => one.id === id)
      if (tasks.has(id) || shard === undefined || stopped) return tasks.get(id)
      const parent = shard.parentId === undefined ? undefined : start(shard.parentId)
      const task = pollShard(id, parent, shard.isNew)
      tasks.set(id, task)
      return task
    }
    for (const { id } of fresh) start(id)
  }

  const wake = (): void => {
    for (const alarm of alarms) alarm.wake()
  }
  await join(false)
  const unfollow = parts.streams.follow(eventSourceArn, () => {
    wake()
    join(true).then(troubles.over, error => troubles.note(error, 'Shards could not be listed'))
  })
  return {
    mapping,
    wake,
    async stop() {
      stopped = true
      unfollow()
      for (const alarm of alarms) alarm.stop()
      await Promise.all(tasks.values())
    },
  }
}
