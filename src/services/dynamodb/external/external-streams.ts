import { AwsError } from '../../../aws/index.ts'
import type { Clock, StreamedRecord, StreamPage, StreamShard, StreamSource } from '../../../ports/index.ts'
import type { Item } from '../values/attribute-value.ts'
import { itemSize } from '../values/item-size.ts'
import type { Engine } from './engine.ts'

/** How often a stream is asked for news, in real milliseconds: Lambda's own pollers ask four times a second. */
const askEvery = 250
/** How long a list of shards is believed. */
const shardsFor = 10_000
/** Pages without records that are read before a shard's end is believed: an open shard never says that it is over. */
const emptyPages = 3
/** Iterators that are kept: one that nobody came back for is not used again. */
const keptIterators = 1000
/** Stands for "before the first record". */
const start = '0'

/** As the Streams API writes it. */
interface EngineRecord extends Omit<StreamedRecord, 'userIdentity'> {
  readonly userIdentity?: { readonly PrincipalId?: string; readonly Type?: string }
}

/** The streams of another engine, read by its Streams API; records as AWS writes them. */
export function createExternalStreams(
  engine: Engine,
  { clock, region }: { readonly clock: Clock; readonly region: string },
): StreamSource & { written(): void } {
  const followers = new Set<() => void>()
  const iterators = new Map<string, string>()
  const listed = new Map<string, { readonly at: number; readonly shards: readonly StreamShard[] }>()
  const call = (operation: string, input: object) => engine.call('DynamoDBStreams', operation, input)

  async function iteratorAfter(arn: string, shardId: string, after: string): Promise<string | undefined> {
    const ask = (more: object) => call('GetShardIterator', { StreamArn: arn, ShardId: shardId, ...more })
    const oldest = { ShardIteratorType: 'TRIM_HORIZON' }
    const from =
      after === start ? oldest : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: after }
    // What was trimmed cannot be had any more; a poller goes on with the oldest that is there.
    const answer = await ask(from).catch(error => {
      if (codeOf(error) === 'TrimmedDataAccessException') return ask(oldest)
      throw error
    })
    return answer['ShardIterator'] as string | undefined
  }

  async function page(
    arn: string,
    shardId: string,
    after: string,
    limit: number,
  ): Promise<StreamPage & { readonly last: string }> {
    const key = `${arn} ${shardId} ${after}`
    const kept = iterators.get(key)
    iterators.delete(key)
    const read = (ShardIterator: string | undefined) =>
      call('GetRecords', { ShardIterator, Limit: Math.min(limit, 1000) })
    const answer = await read(kept ?? (await iteratorAfter(arn, shardId, after))).catch(async error => {
      if (kept === undefined || codeOf(error) !== 'ExpiredIteratorException') throw error
      return read(await iteratorAfter(arn, shardId, after))
    })
    const records = ((answer['Records'] ?? []) as readonly EngineRecord[]).map(record =>
      normalised(record, region),
    )
    const last = records.at(-1)?.dynamodb.SequenceNumber ?? after
    const next = answer['NextShardIterator']
    if (typeof next === 'string') iterators.set(`${arn} ${shardId} ${last}`, next)
    const [oldest] = iterators.keys()
    if (iterators.size > keptIterators && oldest !== undefined) iterators.delete(oldest)
    return { records, isOver: typeof next !== 'string', last }
  }

  return {
    async current(table) {
      try {
        const { Table } = (await engine.call('DynamoDB', 'DescribeTable', { TableName: table })) as {
          readonly Table?: {
            readonly StreamSpecification?: { readonly StreamEnabled?: boolean }
            readonly LatestStreamArn?: string
          }
        }
        return Table?.StreamSpecification?.StreamEnabled ? Table.LatestStreamArn : undefined
      } catch (error) {
        if (codeOf(error) === 'ResourceNotFoundException') return undefined
        throw error
      }
    },
    async shards(arn) {
      const known = listed.get(arn)
      if (known !== undefined && clock.elapsed() - known.at < shardsFor) return known.shards
      const shards: StreamShard[] = []
      let from: string | undefined
      do {
        const { StreamDescription: stream } = (await call('DescribeStream', {
          StreamArn: arn,
          ...(from === undefined ? {} : { ExclusiveStartShardId: from }),
        })) as {
          readonly StreamDescription?: {
            readonly Shards?: readonly { readonly ShardId: string; readonly ParentShardId?: string }[]
            readonly LastEvaluatedShardId?: string
          }
        }
        for (const { ShardId: id, ParentShardId: parentId } of stream?.Shards ?? [])
          shards.push({ id, ...(parentId === undefined ? {} : { parentId }) })
        from = stream?.LastEvaluatedShardId
      } while (from !== undefined)
      listed.set(arn, { at: clock.elapsed(), shards })
      return shards
    },
    async latest(arn, shardId) {
      let after = start
      for (let empty = 0; empty < emptyPages; ) {
        const { records, isOver, last } = await page(arn, shardId, after, 1000)
        if (isOver) return last
        empty = records.length === 0 ? empty + 1 : 0
        after = last
      }
      return after
    },
    read: (arn, shardId, after, limit) => page(arn, shardId, after ?? start, limit),
    follow(_, news) {
      let cancel = (): void => {}
      const ask = (): void => {
        news()
        cancel = clock.deadline(askEvery, ask)
      }
      cancel = clock.deadline(askEvery, ask)
      followers.add(news)
      return () => {
        followers.delete(news)
        cancel()
      }
    },
    written() {
      for (const news of followers) news()
    },
  }
}

const codeOf = (error: unknown): string | undefined => (error instanceof AwsError ? error.code : undefined)

/** Whatever the engine calls itself and however it counts, functions see what AWS would send them. */
function normalised({ userIdentity, dynamodb, ...record }: EngineRecord, region: string): StreamedRecord {
  const size = (item: unknown): number => (item === undefined ? 0 : itemSize(item as Item))
  const { Keys, NewImage, OldImage } = dynamodb
  return {
    eventID: record.eventID,
    eventName: record.eventName,
    eventVersion: record.eventVersion ?? '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: record.awsRegion ?? region,
    dynamodb: {
      ApproximateCreationDateTime: dynamodb.ApproximateCreationDateTime,
      Keys,
      ...(NewImage === undefined ? {} : { NewImage }),
      ...(OldImage === undefined ? {} : { OldImage }),
      SequenceNumber: dynamodb.SequenceNumber,
      SizeBytes: size(Keys) + size(NewImage) + size(OldImage),
      StreamViewType: dynamodb.StreamViewType,
    },
    ...(userIdentity === undefined
      ? {}
      : { userIdentity: { type: userIdentity.Type ?? '', principalId: userIdentity.PrincipalId ?? '' } }),
  }
}
