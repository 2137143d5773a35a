import { Buffer } from 'node:buffer'
import { decodeKey, encodeKey, type Writer } from '../../stores/index.ts'
import { forgetHistory } from './history.ts'
import { type DynamoDbState, tableRecords } from './state.ts'
import { recordsTable, type StreamRecord, trimsTable } from './stream-log.ts'
import { forgetStreams, streamRetention } from './stream-registry.ts'
import { compileTable, type TableRecord } from './table-record.ts'
import { isGone } from './table-status.ts'

/** How often what is over its time is removed; until then it is only hidden. */
const interval = 60 * 60 * 1000

/** Removes stream records, streams and history whose time is over, once an hour of the simulator's time. */
export function startTrimming({
  store,
  clock,
  activity,
  log,
}: Pick<DynamoDbState, 'store' | 'clock' | 'activity' | 'log'>): () => void {
  let cancel = (): void => {}
  let stopped = false
  const arm = (): void => {
    if (!stopped) cancel = clock.after(interval, run)
  }
  const run = (): void => {
    const ended = activity.begin('trimming of streams')
    store
      .transaction(writer => trim(writer, clock.now()))
      .catch(error => log.error({ err: error }, 'Streams could not be trimmed'))
      .finally(() => {
        arm()
        ended()
      })
  }
  arm()
  return () => {
    stopped = true
    cancel()
  }
}

function trim(writer: Writer, now: number): void {
  for (const { key, value } of [...writer.range(recordsTable, {})]) {
    const { dynamodb } = JSON.parse(Buffer.from(value).toString()) as StreamRecord
    if (now - dynamodb.ApproximateCreationDateTime * 1000 <= streamRetention) continue
    const [streamArn = '', shard = 0] = decodeKey(key)
    writer.remove(recordsTable, key)
    writer.put(trimsTable, encodeKey(streamArn, shard), Buffer.from(dynamodb.SequenceNumber))
  }
  forgetStreams(writer, now)
  for (const { key, value } of [...writer.range(tableRecords, {})]) {
    const record = JSON.parse(Buffer.from(value).toString()) as TableRecord
    if (isGone(record, now)) writer.remove(tableRecords, key)
    const { pointInTimeRecovery: recovery } = record
    if (recovery !== undefined)
      forgetHistory(writer, compileTable(record), now - recovery.periodInDays * 24 * 60 * 60 * 1000)
  }
}
