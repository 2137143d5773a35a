import { Buffer } from 'node:buffer'
import type { Clock, StreamSource } from '../../ports/index.ts'
import { encodeKey, type Store } from '../../stores/index.ts'
import { tableRecords } from './state.ts'
import { newestSequence } from './stream-log.ts'
import { findStream } from './stream-registry.ts'
import { latestSequence, recordsAfter, shardIds, shardNumber, trimmedTo } from './streams-api/shards.ts'
import type { TableRecord } from './table-record.ts'

const isDeleted = (busy: TableRecord['busy']): boolean => busy?.status === 'DELETING'

/** How often the streams of a shared store are looked at for what others wrote, in real milliseconds. */
const lookEvery = 250

/** The streams of this store's tables, for those who poll them on behalf of functions. */
export function createStreamSource({
  store,
  clock,
  account,
  region,
  isShared = false,
}: {
  readonly store: Store
  readonly clock: Clock
  readonly account: string
  readonly region: string
  /** Other simulators write into the store too, and nothing here hears of it. */
  readonly isShared?: boolean
}): StreamSource {
  const regionOf = (arn: string): string => arn.split(':')[3] ?? ''
  return {
    current: async table =>
      store.read(reader => {
        const bytes = reader.get(tableRecords, encodeKey(account, region, table))
        if (bytes === undefined) return undefined
        const { stream, busy } = JSON.parse(Buffer.from(bytes).toString()) as TableRecord
        return stream?.isEnabled && !isDeleted(busy) ? stream.arn : undefined
      }),
    shards: async arn =>
      store.read(reader => {
        const stream = findStream(reader, arn, clock.now())
        return stream === undefined ? [] : shardIds(stream).map(id => ({ id }))
      }),
    latest: async (arn, shardId) =>
      store.read(reader => latestSequence(reader, arn, shardNumber(arn, shardId) ?? 0)),
    read: async (arn, shardId, after, limit) =>
      store.read(reader => {
        const shard = shardNumber(arn, shardId) ?? 0
        const trimmed = trimmedTo(reader, arn, shard, clock.now())
        // What was trimmed cannot be had any more; a poller goes on with the oldest that is there.
        const from = after === undefined || after < trimmed ? trimmed : after
        const records = [...recordsAfter(reader, arn, shard, from, limit)].map(
          ({ eventID, eventName, dynamodb, userIdentity }) => ({
            eventID,
            eventName,
            eventVersion: '1.1',
            eventSource: 'aws:dynamodb' as const,
            awsRegion: regionOf(arn),
            dynamodb,
            ...(userIdentity === undefined ? {} : { userIdentity }),
          }),
        )
        return { records, isOver: false }
      }),
    follow(arn, news) {
      if (!isShared) return () => {}
      let cancel = (): void => {}
      let last: string | undefined
      let stopped = false
      const look = async (): Promise<void> => {
        // A store that cannot be read now is read again: pollers themselves say what is wrong with it.
        const newest = await Promise.resolve(store.read(reader => newestSequence(reader, arn))).catch(
          () => last,
        )
        if (stopped) return
        if (newest !== last) news()
        last = newest
        cancel = clock.deadline(lookEvery, look)
      }
      void look()
      return () => {
        stopped = true
        cancel()
      }
    },
  }
}
