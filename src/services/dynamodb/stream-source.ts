import type { Clock, StreamSource } from '../../ports/index.ts'
import type { Store } from '../../stores/index.ts'
import { findStream } from './stream-registry.ts'
import { latestSequence, recordsAfter, shardIds, shardNumber, trimmedTo } from './streams-api/shards.ts'

/** The streams of this store's tables, for those who poll them on behalf of functions. */
export function createStreamSource({
  store,
  clock,
}: {
  readonly store: Store
  readonly clock: Clock
}): StreamSource {
  const region = (arn: string): string => arn.split(':')[3] ?? ''
  return {
    shards: async arn =>
      store.read(reader => (findStream(reader, arn, clock.now()) === undefined ? [] : shardIds(arn))),
    latest: async (arn, shardId) =>
      store.read(reader => latestSequence(reader, arn, shardNumber(arn, shardId) ?? 0)),
    read: async (arn, shardId, after, limit) =>
      store.read(reader => {
        const shard = shardNumber(arn, shardId) ?? 0
        const trimmed = trimmedTo(reader, arn, shard, clock.now())
        // What was trimmed cannot be had any more; a poller goes on with the oldest that is there.
        const from = after === undefined || after < trimmed ? trimmed : after
        return [...recordsAfter(reader, arn, shard, from, limit)].map(
          ({ eventID, eventName, dynamodb, userIdentity }) => ({
            eventID,
            eventName,
            eventVersion: '1.1',
            eventSource: 'aws:dynamodb' as const,
            awsRegion: region(arn),
            dynamodb,
            ...(userIdentity === undefined ? {} : { userIdentity }),
          }),
        )
      }),
  }
}
