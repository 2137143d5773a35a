import type { Alarm } from './alarm.ts'
import type { EventRecord } from './batch-reader.ts'
import { deliverBatch } from './deliver-batch.ts'
import type { StreamMapping } from './event-source-mapping.ts'
import { invokeBatch } from './invoke-batch.ts'
import type { PollerParts } from './poller-parts.ts'
import { largestState, type WindowState, windowEvent, windowStart } from './tumbling-window.ts'

/** Wait before a window's final invocation is tried again. */
const finalWait = 1000

/** Where a lane stands. */
export interface LanePosition {
  readonly after?: string
  /** The tumbling window that is open. */
  readonly window?: WindowState
}

/** What a window's work needs to know of its lane. */
export interface WindowLane {
  readonly parts: PollerParts
  readonly mapping: StreamMapping
  readonly alarm: Alarm
  readonly shardId: string
  readonly save: (position: LanePosition) => Promise<void>
}

function eventOf(
  { mapping, shardId }: WindowLane,
  records: readonly EventRecord[],
  window: WindowState,
  isFinal: boolean,
  isTerminatedEarly = false,
): object {
  const { tumblingWindowInSeconds: seconds, eventSourceArn } = mapping
  return windowEvent(records, window, { seconds, shardId, eventSourceArn, isFinal, isTerminatedEarly })
}

/** Milliseconds until an open window ends. */
export const untilEnd = ({ parts, mapping }: WindowLane, { start }: WindowState): number =>
  Math.max(0, (start + mapping.tumblingWindowInSeconds) * 1000 - parts.clock.now())

/**
 * Ends a window: the function is called with its state and no records until it succeeds.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-windows.html
 */
export async function closeWindow(
  lane: WindowLane,
  position: LanePosition,
  isTerminatedEarly = false,
): Promise<LanePosition> {
  const { window, ...rest } = position
  if (window === undefined) return position
  const event = eventOf(lane, [], window, true, isTerminatedEarly)
  for (let number = 1; !lane.alarm.stopped; number++) {
    const { outcome } = await invokeBatch(lane.parts, lane.mapping, {
      shardId: lane.shardId,
      event,
      records: [],
      number,
    })
    if (outcome.kind === 'success') {
      await lane.save(rest)
      return rest
    }
    await lane.alarm.rest(finalWait)
  }
  return position
}

/** Delivers records of one window: the state that the function answers goes into the next call. */
export async function deliverInWindow(
  lane: WindowLane,
  records: readonly EventRecord[],
  before: LanePosition,
): Promise<LanePosition> {
  const [first] = records
  const start = first === undefined ? undefined : windowStart(first, lane.mapping.tumblingWindowInSeconds)
  if (start === undefined) return before
  let position = before
  if (position.window !== undefined && position.window.start !== start)
    position = await closeWindow(lane, position)
  let window: WindowState = position.window ?? { start, state: {} }
  await deliverBatch(lane.parts, lane.mapping, lane.alarm, records, {
    shardId: lane.shardId,
    event: chunk => eventOf(lane, chunk, window, false),
    missing: response => (stateOf(response) === undefined ? 'the response has no state' : undefined),
    settled: async (chunk, response) => {
      window = { start, state: stateOf(response) ?? window.state }
      const after = chunk.at(-1)?.dynamodb.SequenceNumber
      position = { ...(after === undefined ? {} : { after }), window }
      await lane.save(position)
    },
  })
  const isTooLarge = Buffer.byteLength(JSON.stringify(window.state)) > largestState
  return isTooLarge ? closeWindow(lane, position, true) : position
}

function stateOf(response: unknown): unknown {
  if (typeof response !== 'object' || response === null || !('state' in response)) return undefined
  return response.state ?? undefined
}
