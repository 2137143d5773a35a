import { createTroubles } from '../troubles.ts'
import type { Alarm } from './alarm.ts'
import { type Batch, readBatch } from './batch-reader.ts'
import { deliverBatch } from './deliver-batch.ts'
import type { StreamMapping } from './event-source-mapping.ts'
import type { PollerParts } from './poller-parts.ts'
import { windowStart } from './tumbling-window.ts'
import { closeWindow, deliverInWindow, type LanePosition, untilEnd } from './window-poller.ts'

/** Wait before a shard that could not be read is read again. */
const readWait = 1000
/** Wait, in real time, before a lane that another simulator is at is asked for again. */
const claimWait = 1000

/** Which lane of which shard, and where it begins when it has no checkpoint. */
interface LanePlace {
  readonly shardId: string
  readonly lane: number
  readonly key: string
  readonly startingPosition: StreamMapping['startingPosition']
}

/** One lane of one shard: a task that delivers in order and remembers how far it is; it ends with a closed shard. */
export async function pollLane(
  parts: PollerParts,
  mapping: StreamMapping,
  alarm: Alarm,
  place: LanePlace,
): Promise<void> {
  const { checkpoints, log } = parts
  const { shardId } = place
  const save = (position: LanePosition): Promise<void> =>
    checkpoints.put(mapping.uuid, place.key, JSON.stringify(position))
  const windowLane = { parts, mapping, alarm, shardId, save }
  const seconds = mapping.tumblingWindowInSeconds
  const troubles = createTroubles(log, { mapping: mapping.uuid, shardId })
  let position: LanePosition | undefined
  while (!alarm.stopped) {
    try {
      if (!(await checkpoints.claim(mapping.uuid, place.key))) {
        position = undefined
        await alarm.pause(claimWait)
        continue
      }
      position ??= await startOf(parts, mapping, place)
      const batch = await gather(parts, mapping, alarm, place, position)
      troubles.over()
      if (batch.records.length === 0) {
        if (batch.readTo !== position.after && batch.readTo !== undefined) {
          position = { ...position, after: batch.readTo }
          await save(position)
        }
        const { window } = position
        if (window !== undefined && untilEnd(windowLane, window) === 0)
          position = await closeWindow(windowLane, position)
        else if (batch.isOver && window === undefined) break
        else await alarm.sleep(window === undefined ? undefined : untilEnd(windowLane, window))
        continue
      }
      if (seconds > 0) {
        position = await deliverInWindow(windowLane, batch.records, position)
        continue
      }
      await deliverBatch(parts, mapping, alarm, batch.records, {
        shardId,
        event: Records => ({ Records }),
        settled: async records => {
          const isLast = records.at(-1) === batch.records.at(-1)
          const after = isLast ? batch.readTo : records.at(-1)?.dynamodb.SequenceNumber
          if (after === undefined) return
          position = { after }
          await save(position)
        },
      })
    } catch (error) {
      // What is written down counts: it may be another simulator that has written it.
      position = undefined
      if (alarm.stopped) break
      troubles.note(error, 'A stream could not be polled; it is tried again')
      await alarm.rest(readWait)
    }
  }
  // Shards that follow wait for this one's end; a claim that could not be left is somebody's again once we are gone.
  await checkpoints
    .leave(mapping.uuid, place.key)
    .catch(error => log.warn({ err: error, mapping: mapping.uuid, shardId }, 'A shard could not be left'))
}

/** Where a lane goes on, or where a new one begins; a beginning at the end is written down at once. */
async function startOf(
  { checkpoints, streams }: PollerParts,
  mapping: StreamMapping,
  { shardId, key, startingPosition }: LanePlace,
): Promise<LanePosition> {
  const known = await checkpoints.get(mapping.uuid, key)
  if (known !== undefined) return JSON.parse(known) as LanePosition
  if (startingPosition === 'TRIM_HORIZON') return {}
  const position = { after: await streams.latest(mapping.eventSourceArn, shardId) }
  await checkpoints.put(mapping.uuid, key, JSON.stringify(position))
  return position
}

/** Reads a batch, and lets the batching window pass while it is not full. */
async function gather(
  parts: PollerParts,
  mapping: StreamMapping,
  alarm: Alarm,
  { shardId, lane }: { readonly shardId: string; readonly lane: number },
  { after }: LanePosition,
): Promise<Batch> {
  const read = (): Promise<Batch> =>
    readBatch(parts, mapping, { shardId, lane, after }, record =>
      windowStart(record, mapping.tumblingWindowInSeconds),
    )
  let batch = await read()
  const window = mapping.maximumBatchingWindowInSeconds * 1000
  if (window === 0 || batch.records.length === 0) return batch
  const until = parts.clock.now() + window
  while (!batch.isFull && !alarm.stopped) {
    const left = until - parts.clock.now()
    if (left <= 0) return batch
    await alarm.sleep(left)
    batch = await read()
  }
  return batch
}
