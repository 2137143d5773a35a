import type {
  DescribeStreamCommandInput,
  DescribeStreamCommandOutput,
} from '@aws-sdk/client-dynamodb-streams'
import { validationException } from '../../errors.ts'
import type { DynamoDbOperation } from '../../state.ts'
import { latestSequence, shardIds, shardNumber, startingSequence } from '../shards.ts'
import { checkLimit, requireStream } from '../stream-of.ts'

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_DescribeStream.html */
export const DescribeStream: DynamoDbOperation<
  DescribeStreamCommandInput,
  Omit<DescribeStreamCommandOutput, '$metadata'>
> = async (context, input) => {
  const streamArn = input.StreamArn ?? ''
  checkLimit(input.Limit, 100)
  checkFilter(input.ShardFilter)
  const limit = input.Limit ?? 100
  return context.state.store.read(reader => {
    const stream = requireStream(reader, streamArn, context.now)
    const isEnabled = stream.closedAt === undefined
    // No shard here has children: shards are closed only with their stream.
    const all = input.ShardFilter?.Type === 'CHILD_SHARDS' ? [] : shardIds(stream)
    // Any id is a place to go on from, whether there is such a shard or not (ScyllaDB's suite, run on AWS).
    const { ExclusiveStartShardId: start = '' } = input
    const rest = all.filter(shardId => shardId > start)
    const page = rest.slice(0, limit)
    const last = page.at(-1)
    return {
      StreamDescription: {
        StreamArn: streamArn,
        StreamLabel: stream.label,
        StreamStatus: isEnabled ? ('ENABLED' as const) : ('DISABLED' as const),
        StreamViewType: stream.viewType,
        CreationRequestDateTime: new Date(`${stream.label}Z`),
        TableName: stream.tableName,
        KeySchema: stream.keySchema.map(element => ({ ...element })),
        Shards: page.map(shardId => ({
          ShardId: shardId,
          SequenceNumberRange: {
            StartingSequenceNumber: startingSequence,
            ...(isEnabled
              ? {}
              : {
                  EndingSequenceNumber: latestSequence(
                    reader,
                    streamArn,
                    shardNumber(streamArn, shardId) ?? 0,
                  ),
                }),
          },
        })),
        ...(limit < rest.length && last !== undefined ? { LastEvaluatedShardId: last } : {}),
      },
    }
  })
}

/** A filter names its kind and its shard (ScyllaDB's suite, run on AWS); the words are assumed. */
function checkFilter(filter: DescribeStreamCommandInput['ShardFilter']): void {
  if (filter === undefined || (filter.Type !== undefined && filter.ShardId !== undefined)) return
  throw validationException('ShardFilter must have both Type and ShardId')
}
