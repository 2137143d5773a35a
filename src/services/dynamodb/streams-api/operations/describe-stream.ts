import type {
  DescribeStreamCommandInput,
  DescribeStreamCommandOutput,
} from '@aws-sdk/client-dynamodb-streams'
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
  const limit = input.Limit ?? 100
  return context.state.store.read(reader => {
    const stream = requireStream(reader, streamArn, context.now)
    const isEnabled = stream.closedAt === undefined
    // No shard here has children: shards are closed only with their stream.
    const all = input.ShardFilter?.Type === 'CHILD_SHARDS' ? [] : shardIds(streamArn)
    const from = input.ExclusiveStartShardId === undefined ? 0 : all.indexOf(input.ExclusiveStartShardId) + 1
    const page = all.slice(from, from + limit)
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
        ...(from + limit < all.length && last !== undefined ? { LastEvaluatedShardId: last } : {}),
      },
    }
  })
}
