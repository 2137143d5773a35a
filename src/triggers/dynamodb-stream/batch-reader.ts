import { matchesPattern } from '../../lib/index.ts'
import type { StreamedRecord } from '../../ports/index.ts'
import type { StreamMapping } from './event-source-mapping.ts'
import { laneOf } from './lane.ts'
import type { PollerParts } from './poller-parts.ts'
import { largestState } from './tumbling-window.ts'

/** A synchronous invocation takes 6 MB. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const largestEvent = 6 * 1024 * 1024
/** What an event has besides its records and the state of a window, with room to spare. */
const envelope = 1024

/** Records that a read asks for at once. */
const readAtOnce = 1000

/** A record as it stands in a function's event, its ARN last. */
export type EventRecord = StreamedRecord & { readonly eventSourceARN: string }

/** Records that are delivered together, and how far the shard was read for them. */
export interface Batch {
  readonly records: readonly EventRecord[]
  /** The sequence number of the last record that was looked at, delivered or passed over. */
  readonly readTo: string | undefined
  /** No more fits in, whatever the batching window says. */
  readonly isFull: boolean
  /** The shard has ended with it. */
  readonly isOver: boolean
}

/**
 * Reads a batch from where a lane stands: records of other lanes and those that no filter matches are passed over.
 * `window`: the tumbling window that the first record falls into ends the batch.
 */
export async function readBatch(
  { streams }: Pick<PollerParts, 'streams'>,
  mapping: StreamMapping,
  place: { readonly shardId: string; readonly lane: number; readonly after: string | undefined },
  windowOf: (record: EventRecord) => number | undefined,
): Promise<Batch> {
  const records: EventRecord[] = []
  let { after: readTo } = place
  let size = envelope + (mapping.tumblingWindowInSeconds > 0 ? largestState : 0)
  for (;;) {
    const page = await streams.read(mapping.eventSourceArn, place.shardId, readTo, readAtOnce)
    for (const read of page.records) {
      const record = inEventOrder(read, mapping.eventSourceArn)
      if (isWanted(record, mapping, place.lane)) {
        const bytes = Buffer.byteLength(JSON.stringify(record)) + 1
        const [first] = records
        const isOther = first !== undefined && windowOf(first) !== windowOf(record)
        if (isOther || (records.length > 0 && size + bytes > largestEvent))
          return { records, readTo, isFull: true, isOver: false }
        records.push(record)
        size += bytes
      }
      readTo = read.dynamodb.SequenceNumber
      if (records.length === mapping.batchSize) return { records, readTo, isFull: true, isOver: false }
    }
    if (page.records.length < readAtOnce) return { records, readTo, isFull: false, isOver: page.isOver }
  }
}

function isWanted(record: EventRecord, mapping: StreamMapping, lane: number): boolean {
  if (laneOf(record, mapping.parallelizationFactor) !== lane) return false
  return mapping.filters.length === 0 || mapping.filters.some(pattern => matchesPattern(pattern, record))
}

/** Members in the order in which AWS writes them. */
function inEventOrder(record: StreamedRecord, eventSourceARN: string): EventRecord {
  const { eventID, eventName, eventVersion, eventSource, awsRegion, dynamodb, userIdentity } = record
  return {
    eventID,
    eventName,
    eventVersion,
    eventSource,
    awsRegion,
    dynamodb,
    ...(userIdentity === undefined ? {} : { userIdentity }),
    eventSourceARN,
  }
}
